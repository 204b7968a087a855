"""Languages that listings say they speak, by code and by the many ways of writing them."""

from django.utils.text import slugify

NAMES = """Afrikaans Akan Albanian Amharic Arabic Armenian Assamese Azerbaijani Basque Belarusian Bengali Bosnian
Bulgarian Burmese Cantonese Catalan Chichewa Cornish Croatian Czech Danish Dari Dutch Edo Esan Estonian Ewe
Farsi Fijian Filipino Finnish French Fula Ga Gaelic Galician Georgian German Greek Gujarati Hausa Hakka Hebrew
Hindi Hungarian Icelandic Igbo Indonesian Irish Italian Japanese Kannada Kazakh Khmer Kikuyu Kinyarwanda
Kirundi Konkani Korean Krio Kurdish Lao Latvian Lingala Lithuanian Luganda Luxembourgish Macedonian Malagasy
Malay Malayalam Maltese Mandarin Manx Maori Marathi Mongolian Ndebele Nepali Norwegian Oromo Papiamento Pashto
Patois Polish Portuguese Punjabi Romanes Romanian Russian Scots Serbian Sesotho Shona Sindhi Sinhala Slovak
Slovenian Somali Spanish Swahili Swedish Sylheti Tagalog Tamil Telugu Thai Tibetan Tigrinya Tswana Turkish
Turkmen Twi Ukrainian Urdu Uzbek Vietnamese Welsh Wolof Xhosa Yiddish Yoruba Zulu"""
SIGNED = ("British Sign Language", "Makaton", "Sign Supported English", "Deafblind manual")
OTHER = "other"
LANGUAGES: dict[str, str] = {
    **{slugify(name): name for name in sorted([*NAMES.split(), *SIGNED, "Chinese", "Haitian Creole"])},
    OTHER: "Another language",
}
ALSO_CALLED = {
    "bsl": "british-sign-language",
    "sign-language": "british-sign-language",
    "british-sign-language-bsl": "british-sign-language",
    "sse": "sign-supported-english",
    "bangla": "bengali",
    "panjabi": "punjabi",
    "persian": "farsi",
    "pashtu": "pashto",
    "pushto": "pashto",
    "kiswahili": "swahili",
    "cymraeg": "welsh",
    "filipino-tagalog": "tagalog",
    "sinhalese": "sinhala",
    "slovene": "slovenian",
    "romani": "romanes",
    "sorani": "kurdish",
    "kurmanji": "kurdish",
    "putonghua": "mandarin",
    "mandarin-chinese": "mandarin",
    "chinese-mandarin": "mandarin",
    "cantonese-chinese": "cantonese",
    "chinese-cantonese": "cantonese",
    "castilian": "spanish",
    "moldovan": "romanian",
    "tigrigna": "tigrinya",
    "jamaican-patois": "patois",
    "scottish-gaelic": "gaelic",
    "brazilian-portuguese": "portuguese",
}


def language_code(name: str) -> str:
    """The code of a language however it is written; “other” for one that is not known, none for English."""
    code = slugify(name)
    code = ALSO_CALLED.get(code, code)
    if code in {"english", ""}:
        return ""
    return code if code in LANGUAGES else OTHER
