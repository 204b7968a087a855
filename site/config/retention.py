"""What is kept, for how long, why, and what remains: one table.

The worker keeps to it every day (`config.forgetting`), `hereabouts retention` shows what is due, and the privacy page
is made of it. A model that stands in no rule fails the tests.
"""

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from config import old
from config.retention_of_people import PEOPLE
from config.retention_rule import NOTHING, About, Rule


def rules() -> tuple[Rule, ...]:
    """The whole table."""
    return (*SEEKERS, *PEOPLE, *LISTED, *STAFF, *RUNNING)


SEEKERS = (
    Rule(
        key="searches",
        about=About.SEEKERS,
        what=_("What people looked for: known words, filters and the ward; never who, a postcode or a sentence"),
        how_long=_("13 months"),
        why=_("To see what is missing near people, and hold a month beside the same month of the year before"),
        remains=NOTHING,
        models=("search.SearchRecord", "search.UnknownWord", "search.DangerCount"),
        due=old.searches,
    ),
    Rule(
        key="counts",
        about=About.SEEKERS,
        what=_(
            "How often a listing was printed or put on a list, a page found useful, and somebody put in touch; "
            "never by whom"
        ),
        how_long=_("3 years"),
        why=_("A group that asks for money shows how often it was asked for"),
        remains=NOTHING,
        models=("referrals.Signpost", "referrals.ReferralCount", "website.UsefulCount"),
        due=old.counts,
    ),
)
LISTED = (
    Rule(
        key="listings",
        about=About.LISTED,
        what=_("Listings, who runs them and where they meet, with the date on which each fact was checked"),
        how_long=_("As long as they are listed, and until an editor deletes them"),
        why=_("So that people find them. Whoever is named can have their name taken out at any time"),
        remains=_("The line in the history that says who deleted it, and when"),
        models=(
            "directory.Asset",
            "directory.Check",
            "directory.Cost",
            "directory.Coverage",
            "directory.Provider",
            "directory.Session",
            "directory.Venue",
            "importers.Source",
            "importers.SharedRow",
            "search.PinnedListing",
        ),
    ),
    Rule(
        key="old-versions",
        about=About.LISTED,
        what=_("Earlier versions of listings and pages"),
        how_long=_("3 years from when a newer version took their place"),
        why=_("To see what was said at a time that somebody asks about, and to undo mistakes"),
        remains=_("The version that is shown, the newest one, and any that somebody is deciding about"),
        models=(
            "wagtailcore.Revision",
            "wagtailcore.TaskState",
            "wagtailcore.WorkflowState",
            "wagtailcore.Comment",
            "wagtailcore.CommentReply",
        ),
        due=old.old_versions,
    ),
    Rule(
        key="loads",
        about=About.LISTED,
        what=_("Reports of spreadsheets that were loaded, with the rows that were not taken"),
        how_long=_("13 months"),
        why=_("To mend what was not taken, and to answer for where a listing came from"),
        remains=_("The name of the file, the day, who loaded it, and how many rows"),
        models=("importers.Load",),
        due=old.reports_of_loads,
        emptied=(("report", {}),),
    ),
)
STAFF = (
    Rule(
        key="accounts",
        about=About.STAFF,
        what=_("Accounts: name, e-mail address, roles, teams and patches, and a sealed second step"),
        how_long=_("Until they are closed, and then 6 years from the last sign-in"),
        why=_("To let people in; and what somebody saw must lead to a name for as long as it is kept"),
        remains=NOTHING,
        models=(
            "accounts.User",
            "directory.ProviderMember",
            "account.EmailAddress",
            "account.EmailConfirmation",
            "mfa.Authenticator",
            "socialaccount.SocialAccount",
            "socialaccount.SocialToken",
            "wagtailusers.UserProfile",
            "wagtailcore.PageSubscription",
        ),
        due=old.leavers,
    ),
    Rule(
        key="looks",
        about=About.STAFF,
        what=_("Who looked at what about a person, when and why: references, never a name"),
        how_long=_("6 years"),
        why=_("People may ask who has seen what is held about them, and a claim may be made for six years"),
        remains=NOTHING,
        models=("accounts.AccessEvent",),
        due=old.looks,
    ),
    Rule(
        key="history",
        about=About.STAFF,
        what=_("Who changed what, and when"),
        how_long=_("6 years"),
        why=_("To answer for what was published, for as long as a claim may be made"),
        remains=NOTHING,
        models=("wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"),
        due=old.history,
    ),
    Rule(
        key="handing-over",
        about=About.STAFF,
        what=_("Who stood in for whom, and how many people went from whom to whom: staff and counts, never a person"),
        how_long=_("6 years"),
        why=_("To answer for who looked after people, for as long as a claim may be made"),
        remains=NOTHING,
        models=("referrals.Cover", "referrals.HandingOver"),
        due=old.handings_over,
    ),
    Rule(
        key="sessions",
        about=About.STAFF,
        what=_("Where people are signed in: the address on the network, the browser, and when they were last seen"),
        how_long=_("A day after they end; forms left half-filled, 30 days"),
        why=_("To keep people signed in, and let them see and end it"),
        remains=NOTHING,
        models=(
            "sessions.Session",
            "usersessions.UserSession",
            "wagtailadmin.EditingSession",
            "wagtailadmin.FormState",
        ),
        due=old.sessions,
    ),
    Rule(
        key="doors",
        about=About.STAFF,
        what=_("One-time links, and how often a password was wrong; neither can be read back"),
        how_long=_("Until a link is used or too old; wrong tries, a day"),
        why=_("To let in whoever was invited, and slow down whoever guesses"),
        remains=NOTHING,
        models=("accounts.OneTimeLink", "accounts.Once", "accounts.WrongTries"),
        due=old.doors,
    ),
)
RUNNING = (
    Rule(
        key="owed-work",
        about=About.RUNNING,
        what=_("What the site still has to do, such as writing the search index"),
        how_long=_("Until it is done; what cannot be done, until a person decides about it"),
        why=_("So that nothing is lost when a machine stops"),
        remains=NOTHING,
        models=(
            "outbox.MailCheck",
            "outbox.ParkedNotice",
            "outbox.OldRows",
            "referrals.OwedMessage",
            "referrals.ResultRound",
            "referrals.Chase",
            "referrals.OwedNotice",
            "search.StaleAsset",
            "search.MissingVector",
            "search.IndexRenewal",
        ),
    ),
    Rule(
        key="workers",
        about=About.RUNNING,
        what=_("Which programs are at work"),
        how_long=_("A day after their last sign of life"),
        why=_("To notice when one has stopped"),
        remains=NOTHING,
        models=("outbox.Worker",),
        due=old.workers,
    ),
    Rule(
        key="logs",
        about=About.RUNNING,
        what=_("Logs of the machines: which page, when, and how long it took; never what was typed, nor who"),
        how_long=_("30 days, by the settings of the machine"),
        why=_("To find out what went wrong"),
        remains=NOTHING,
    ),
    Rule(
        key="backups",
        about=About.RUNNING,
        what=_("Backups: a copy of everything above, encrypted where it leaves the machine"),
        how_long=format_lazy("{} {}", settings.BACKUP_KEEP_DAYS, _("days")),
        why=_("To bring the site back after a mistake or an accident"),
        remains=_("The newest backup"),
    ),
    Rule(
        key="site",
        about=About.RUNNING,
        what=_("The site itself: pages, pictures, words, maps, councils, teams, and what each role may do"),
        how_long=_("Until an editor or administrator removes it"),
        why=_("The site is made of it, and nobody who looks for help is in it"),
        remains=NOTHING,
        models=(
            "website.GuidanceIndexPage",
            "website.GuidancePage",
            "website.HomePage",
            "website.LookSettings",
            "website.NewsIndexPage",
            "website.NewsPage",
            "website.YouSaidPage",
            "website.YouSaidRow",
            "search.CouncilBusiness",
            "search.DangerRule",
            "search.HelpLine",
            "search.LaidHelp",
            "search.LaidSynonyms",
            "search.Synonyms",
            "directory.Category",
            "directory.CategoryCode",
            "directory.TermTime",
            "assets_map.Area",
            "assets_map.Barrier",
            "assets_map.NamedPlace",
            "accounts.Council",
            "accounts.Team",
            "referrals.ConsentWording",
            "wagtailcore.*",
            "wagtailadmin.*",
            "wagtaildocs.*",
            "wagtailembeds.*",
            "wagtailforms.*",
            "wagtailimages.*",
            "wagtailredirects.*",
            "wagtailsearch.*",
            "socialaccount.SocialApp",
            "taggit.*",
            "auth.*",
            "contenttypes.*",
        ),
    ),
)
