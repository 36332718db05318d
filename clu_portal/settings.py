"""The one file that reads the environment. Each variable is a line of the README's table."""

import socket
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from environs import Env

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

DEMONSTRATION = env.bool("CLU_DEMO", False)
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
HTTPS = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
STATE_IDENTITY_ALLOWED = env.bool("STATE_IDENTITY_ALLOWED", False)

INSTALLED_APPS = [
    "clu_portal.apps.PortalConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "clu_portal.accounts",
    "clu_portal.organisations",
    "clu_portal.audit",
    "clu_portal.mail",
    "clu_portal.files",
    "clu_portal.action_plan",
    "clu_portal.links",
    "committees",
    "indicators",
    "complaints",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "widget_tweaks",
    "dsfr",
    "csp",
]

MIDDLEWARE = [
    "clu_portal.middleware.RequestReferenceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "clu_portal.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clu_portal.accounts.middleware.SessionLimitsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "clu_portal.tenancy.TenancyMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "clu_portal.accounts.middleware.OutsiderMiddleware",
    "clu_portal.accounts.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clu_portal.middleware.ActOnlyMiddleware",
]

ROOT_URLCONF = "clu_portal.urls"
WSGI_APPLICATION = "clu_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clu_portal.context_processors.portal",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "clu_dsfr"
CRISPY_TEMPLATE_PACK = "clu_dsfr"
DSFR_MARK_OPTIONAL_FIELDS = True
DSFR_CONTENT_IS_SAFE = False

# --- Database: the web and the worker know the runtime role only; `manage.py migrate` takes the owner's (manage.py).
OWNER_ROLE = env.str("DATABASE_ROLE", "runtime") == "owner"
DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_OWNER_URL" if OWNER_ROLE else "DATABASE_URL",
        "postgres://clu_app@localhost/clu",
        conn_max_age=60,
    )
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
if not OWNER_ROLE:
    DATABASES["default"]["OPTIONS"]["options"] = (
        "-c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000 -c lock_timeout=3000"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits of sign-in attempts must hold across processes and survive an emptied Redis: they are counted in PostgreSQL.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},  # a full cache forgets counters: nobody may fill it
    },
    # Texts that can no longer change, as drawn by this process (committees/minutes/screen.py).
    "drawings": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "drawings",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}

# --- Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SECOND_FACTOR = env.bool("SECOND_FACTOR", not DEMONSTRATION)
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "clu_portal.accounts.passwords.ContextualWordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "clu_portal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_FORMS = {"reset_password": "clu_portal.accounts.forms.PasswordResetForm"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_DISPLAY = "clu_portal.accounts.models.display_name"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
# Browsers tie a security key to a host name: at a bare address, as in the demonstration, none can be used.
MFA_PASSKEY_LOGIN_ENABLED = not BASE_URL.partition("://")[2].partition(":")[0].replace(".", "").isdigit()
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", *(["webauthn"] if MFA_PASSKEY_LOGIN_ENABLED else [])]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "add_webauthn": "clu_portal.accounts.forms.AddSecurityKeyForm",
    "edit_webauthn": "clu_portal.accounts.forms.EditSecurityKeyForm",
}
MFA_TOTP_ISSUER = "CLU portal"
USERSESSIONS_TRACK_ACTIVITY = True
MFA_ADAPTER = "clu_portal.accounts.adapter.SecondFactorAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True
PASSWORD_RESET_TIMEOUT = 3600
SESSION_ABSOLUTE_SECONDS = 12 * 3600
SESSION_IDLE_SECONDS = 2 * 3600
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- Cookies, headers (B01, B02, A12)
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "clu_portal.errors.csrf_failure"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
# The DSFR script assigns innerHTML: reported, not yet enforced (checklist B02).
CONTENT_SECURITY_POLICY_REPORT_ONLY = {"DIRECTIVES": {"default-src": None, "require-trusted-types-for": ["'script'"]}}

# --- Mail: the outbox talks to the relay itself (clu_portal/mail/transport.py).
EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", "smtp://localhost:25")
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"] or 25
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 30
EMAIL_BACKEND = "clu_portal.mail.backend.OutboxOnlyBackend"
MAIL_RESOLVER = "clu_portal.mail.resolvers.ask_nobody"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "portail-clu@localhost")

# --- Celery (security.md §4.5): JSON only, acknowledged late since every task may run twice.
REDIS_URL = env.str("REDIS_URL", "redis://localhost:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_TIME_LIMIT = 180
CELERY_TASK_SOFT_TIME_LIMIT = 150
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 10,
    # A page whose hint cannot be queued answers at once; by default it would wait six seconds for the broker.
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
# How long a worker holds a ticket without a sign of life before another takes it over (clu_portal/tickets.py).
TICKET_LEASE_SECONDS = env.int("TICKET_LEASE_SECONDS", 120)
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULER = "clu_portal.scheduler.Scheduler"
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "clu_portal.tasks.tick", "schedule": 10.0, "options": {"expires": 30}},
    "sessions": {"task": "clu_portal.tasks.forget_ended_sessions", "schedule": crontab(hour=3, minute=10)},
    "trash": {"task": "clu_portal.tasks.purge_trash", "schedule": crontab(hour="3-5", minute=30)},
    # Several times in the morning: a missed one is made up for, and nothing is sent twice.
    "composition_warnings": {
        "task": "committees.tasks.send_composition_warnings",
        "schedule": crontab(hour="6-9", minute=20),
    },
}

# --- Seal (R09: the key is a file named here, never in the database)
SEAL_PKCS12_FILE = env.str("SEAL_PKCS12_FILE", "")
SEAL_PKCS12_PASSWORD_FILE = env.str("SEAL_PKCS12_PASSWORD_FILE", "")
SEAL_TRUST_ROOTS = env.list("SEAL_TRUST_ROOTS", [])
TSA_URL = env.str("TSA_URL", "")

# --- Language and static files
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_USE_FINDERS = DEMONSTRATION or DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
_STATICFILES = "django.contrib.staticfiles.storage."
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "files"}},
    "staticfiles": {
        "BACKEND": _STATICFILES + ("StaticFilesStorage" if WHITENOISE_USE_FINDERS else "ManifestStaticFilesStorage")
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["clu_portal.files.uploads.BoundedUploadHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"reference": {"()": "clu_portal.logs.ReferenceFilter"}},
    "formatters": {"line": {"()": "clu_portal.logs.OneLineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["reference"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"fontTools": {"level": "ERROR"}, "weasyprint": {"level": "ERROR"}, "pyhanko": {"level": "WARNING"}},
}

HOST_NAME = socket.gethostname()
