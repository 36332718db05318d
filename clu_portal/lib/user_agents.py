"""« Firefox, Windows » from what a browser says of itself: enough to recognise one's own machines."""

# In order: Edge says « Chrome » too, and Chrome says « Safari ».
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome ou Chromium",
    "Safari/": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def name(user_agent: str) -> str:
    """Return browser and system, « navigateur inconnu » when neither is recognised."""
    known = [next((said for mark, said in table.items() if mark in user_agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(part for part in known if part) or "navigateur inconnu"
