"""The words that a listing is described with. Codes are stored; labels are shown and read from spreadsheets."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    MICRO_ENTERPRISE = "micro-enterprise", _("Micro-enterprise")
    GROUP = "group", _("Community group")
    CARERS_NETWORK = "carers-network", _("Carers' network")
    TALKING_SHOP = "talking-shop", _("Talking shop")
    RESPITE = "respite", _("Respite")
    SERVICE = "service", _("Service")


class Reach(models.TextChoices):
    """How an asset gets to a person."""

    AT_VENUE = "at-venue", _("At a venue")
    COMES_TO_YOU = "comes-to-you", _("Comes to you")
    ONLINE = "online", _("Online")
    BY_PHONE = "by-phone", _("By phone")


class Door(models.TextChoices):
    """How a person gets in."""

    TURN_UP = "turn-up", _("Just turn up")
    RING_FIRST = "ring-first", _("Ring first")
    BOOK = "book", _("Book a place")
    REFERRED = "referred", _("Ask to be referred")


class TakingNew(models.TextChoices):
    YES = "yes", _("Taking new people")
    WAITING = "waiting", _("Waiting list")
    FULL = "full", _("Full")
    UNKNOWN = "unknown", _("Ask about places")


class AsksFor(models.TextChoices):
    """What a provider needs to know of somebody who is put in touch, beside what they are called and one contact."""

    PHONE = "phone", _("A phone number")
    EMAIL = "email", _("An e-mail address")
    ADDRESS = "address", _("Their address")
    AREA = "area", _("Which part of the area they live in")
    AGE = "age", _("How old they are, roughly")
    ACCESS = "access", _("What helps them get in and about")
    ENJOYS = "enjoys", _("What they enjoy")
    OTHERS = "others", _("Who else is involved")


class YesNoAsk(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    ASK = "ask", _("Ask")


class WhoFor(models.TextChoices):
    OLDER = "older", _("Older people")
    DEMENTIA = "dementia", _("People living with dementia")
    LEARNING_DISABILITY = "learning-disability", _("People with a learning disability")
    AUTISM = "autism", _("Autistic people")
    PHYSICAL_DISABILITY = "physical-disability", _("People with a physical disability")
    HEARING_LOSS = "hearing-loss", _("People with hearing loss")
    SIGHT_LOSS = "sight-loss", _("People with sight loss")
    MENTAL_HEALTH = "mental-health", _("People with mental ill health")
    CARERS = "carers", _("Carers")
    YOUNG_CARERS = "young-carers", _("Young carers")
    FAMILIES = "families", _("Families")
    YOUNG_PEOPLE = "young-people", _("Children and young people")
    MEN = "men", _("Men")
    WOMEN = "women", _("Women")
    VETERANS = "veterans", _("Veterans")
    BEREAVED = "bereaved", _("People who are bereaved")
    LGBTQ = "lgbtq", _("LGBTQ+ people")
    END_OF_LIFE = "end-of-life", _("People at the end of life")
    LONG_TERM_CONDITION = "long-term-condition", _("People with a long-term condition")
    NEW_TO_AREA = "new-to-area", _("People new to the area")


class Access(models.TextChoices):
    STEP_FREE = "step-free", _("Step-free entrance")
    TOILET = "toilet", _("Accessible toilet")
    CHANGING_PLACES = "changing-places", _("Changing Places toilet")
    HEARING_LOOP = "hearing-loop", _("Hearing loop")
    PARKING = "parking", _("Parking")
    BLUE_BADGE = "blue-badge", _("Blue Badge parking")
    BUS = "bus", _("On a bus route")
    QUIET_SPACE = "quiet-space", _("Quiet space")
    GUIDE_DOGS = "guide-dogs", _("Guide dogs welcome")
    LIFT = "lift", _("Lift")
    SENSORY_ROOM = "sensory-room", _("Sensory room")
    LARGE_PRINT = "large-print", _("Large print")


class RespiteType(models.TextChoices):
    SITTING = "sitting", _("Sitting")
    DAY = "day", _("Day")
    OVERNIGHT = "overnight", _("Overnight")
    EMERGENCY = "emergency", _("Emergency")
    TOGETHER = "together", _("A break together")


class Per(models.TextChoices):
    """What one payment buys."""

    VISIT = "visit", _("a visit")
    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")
    NIGHT = "night", _("a night")
    WEEK = "week", _("a week")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")
    ONCE = "once", _("once")


class Repeats(models.TextChoices):
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every other week")
    MONTHLY = "monthly", _("Once a month, on the same weekday")
    ONCE = "once", _("Once only")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Nth(models.IntegerChoices):
    """Which of the month's Mondays, Tuesdays and so on."""

    FIRST = 1, _("First")
    SECOND = 2, _("Second")
    THIRD = 3, _("Third")
    FOURTH = 4, _("Fourth")
    LAST = -1, _("Last")


class Fact(models.TextChoices):
    """What of a listing can be checked by itself."""

    TIMES = "times", _("Times")
    COST = "cost", _("Cost")
    CONTACT = "contact", _("Contact details")
    ACCESS = "access", _("Access")
    TAKING_NEW = "new", _("Taking new people")


class How(models.TextChoices):
    """How a fact was checked."""

    OWNER = "owner", _("the people who run it")
    PHONE = "phone", _("by phone")
    VISIT = "visit", _("on a visit")
    WEBSITE = "website", _("from their website")
