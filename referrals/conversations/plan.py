"""The plan that somebody takes home: their words and what they chose. The practitioner's notes stay out of it."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from directory.models import Asset
from directory.rows import terms
from directory.sheets import a_size, build_sheet
from directory.sheets.letterhead import letterhead
from directory.sheets.plans import Group, Plan, Said
from directory.sheets.plans import to_pdf as plan_pdf
from directory.sheets.sheet import SheetEntry
from referrals.models import Conversation, Offer

__all__ = ["plan_of", "plan_pdf"]


def plan_of(conversation: Conversation, *, request: HttpRequest | None, size: int) -> Plan:
    called = conversation.person.called
    return Plan(
        title=_("%(name)s’s plan") % {"name": called} if called else _("My plan"),
        on=conversation.held_on,
        said=tuple(
            Said(str(question.label), conversation.answers[question])
            for question in conversation.questions
            if conversation.answers.get(question)
        ),
        groups=groups_of(conversation),
        size=a_size(size),
        letterhead=letterhead(request),
    )


def groups_of(conversation: Conversation) -> tuple[Group, ...]:
    """What was chosen, and after it what is still to think about; what was declined is left out."""
    offers = [one for one in conversation.offers.all() if one.state != Offer.State.DECLINED]
    entries = entries_of(offers, conversation)
    chosen = tuple(entries[one.pk] for one in offers if one.state == Offer.State.CHOSEN)
    others = tuple(entries[one.pk] for one in offers if one.state != Offer.State.CHOSEN)
    headed = ((_("What I chose"), chosen), (_("What I may think about"), others))
    return tuple(Group(heading, found) for heading, found in headed if found)


def entries_of(offers: list[Offer], conversation: Conversation) -> dict[int, tuple[SheetEntry, str]]:
    """By the number of each offer; a listing that is gone is told by its name."""
    live = Asset.objects.live().as_listings().in_bulk([one.asset_id for one in offers if one.asset_id])
    kept = [one for one in offers if one.asset_id in live]
    sheet = build_sheet(
        [live[one.asset_id] for one in kept if one.asset_id], title="", on=conversation.held_on, terms=terms()
    )
    gone = _("No longer in the directory: ask us.")
    found = {one.pk: (SheetEntry(contact="", name=one.asset_name, sentence=gone), one.words) for one in offers}
    return found | {one.pk: (entry, one.words) for one, entry in zip(kept, sheet.entries, strict=True)}
