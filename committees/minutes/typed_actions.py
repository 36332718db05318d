"""An action typed in the minutes is a line of the plan d'actions: it is created when the text is saved."""

from django.core.exceptions import ValidationError
from django.db.models import F, Q, Value

from clu_portal.action_plan.acts import save_action
from clu_portal.action_plan.enums import ActionState
from clu_portal.action_plan.models import Action
from clu_portal.audit.acts import reference
from clu_portal.lib.fuzzy_date import parse_fuzzy_date
from clu_portal.links.models import Link, Relation
from clu_portal.organisations.models import Person, Service
from committees.minutes.models import Minutes
from committees.minutes.tree.errors import TreeError, quoted
from committees.minutes.tree.nodes import attribute
from committees.minutes.tree.said import nodes_in


def create_typed_actions(minutes: Minutes, content: dict, by) -> None:
    """Create the action of each node that names none here yet, copied from elsewhere or not. Raises TreeError."""
    nodes = {attribute(node, "id"): node for node in nodes_in(content, "action")}
    if not nodes:
        return
    known = {str(uuid) for uuid in Action.objects.filter(uuid__in=nodes).values_list("uuid", flat=True)}
    for id in (id for id in nodes if id not in known):
        try:
            create_action(minutes, nodes[id], by)
        except (ValidationError, ValueError) as error:
            message = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            title = quoted(attribute(nodes[id], "title"))
            raise TreeError(f"Action {title} : {message}", section=content["attrs"]["id"]) from error


def create_action(minutes: Minutes, node: dict, by) -> Action:
    """Create an action, linked to the meeting and to its minutes.

    Raises ValidationError, ValueError for a date that does not exist.
    """
    owner = attribute(node, "owner").strip()
    person, service = find_owner(owner)
    action = Action(
        uuid=attribute(node, "id"),
        title=attribute(node, "title").strip(),
        owner=person,
        owner_service=service,
        owner_wording="" if person or service else owner,
        due=parse_fuzzy_date(attribute(node, "due")),
        state=ActionState.PLANNED if person or service else ActionState.PROPOSED,
        origin=reference(minutes.meeting),
    )
    save_action(action=action, by=by)
    Link.objects.create(source=reference(minutes), relation=Relation.GAVE_ACTION, target=reference(action))
    return action


def find_owner(typed: str) -> tuple[Person | None, Service | None]:
    """Return the one person or the one service of that very name; a name that could be two is nobody's."""
    if not typed:
        return None, None
    near = Person.objects.annotate(typed=Value(typed)).filter(typed__icontains=F("surname"))
    persons = [person for person in near if typed.casefold() in names_of(person)]
    services = list(Service.objects.filter(Q(name__iexact=typed) | Q(acronym__iexact=typed)))
    if len(persons) + len(services) != 1:
        return None, None
    return next(iter(persons), None), next(iter(services), None)


def names_of(person: Person) -> set[str]:
    """« mme camille exemple », « camille exemple », « mme exemple »."""
    named = [person.given_name, person.surname]
    civility = person.get_civility_display()
    orders = ([civility, *named], named, [civility, person.surname])
    return {" ".join(filter(None, parts)).casefold() for parts in orders}
