"""The twelve information categories in the words a person reads; the only place that has them."""

from collections.abc import Iterable

from csa_desk.records.categories import Category

CATEGORY_WORDS: dict[Category, str] = {
    Category.IDENTITY: "Name and contact",
    Category.FAMILY: "Family",
    Category.COMMUNICATION: "How to talk together",
    Category.HEALTH: "Health",
    Category.EDUCATION: "School and learning",
    Category.SAFEGUARDING: "Safety and safeguarding",
    Category.JUSTICE: "Police and court",
    Category.THERAPY_ATTENDANCE: "That there is therapy, and when",
    Category.THERAPY_CONTENT: "What is said in therapy",
    Category.WISHES: "Wishes and feelings",
    Category.NEEDS: "Needs and plan",
    Category.PROTECTED: "Faith, identity and disability",
}


def category_words(category: str) -> str:
    """One category in words; one this version does not know stands for itself."""
    return {str(key): words for key, words in CATEGORY_WORDS.items()}.get(category, category)


def in_words(categories: Iterable[str]) -> str:
    """Several in the order of the list: ``School and learning; needs and plan``."""
    wanted = set(categories)
    known = [words for key, words in CATEGORY_WORDS.items() if str(key) in wanted]
    known += sorted(wanted - {str(key) for key in CATEGORY_WORDS})
    return "; ".join([*known[:1], *(words[:1].lower() + words[1:] for words in known[1:])])
