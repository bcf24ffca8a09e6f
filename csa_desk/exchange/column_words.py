"""The words that headings of directories are made of, and the fields they mean. Data only; ``columns.py`` reads it."""

# Spellings made one before anything is looked up, longest first.
SPELLINGS = (
    ("e mail", "email"),
    ("electronic mail", "email"),
    ("web site", "website"),
    ("web page", "website"),
    ("home page", "website"),
    ("post code", "postcode"),
    ("zip code", "postcode"),
    ("postal code", "postcode"),
    ("zipcode", "postcode"),
    ("zip", "postcode"),
    ("tele phone", "telephone"),
    ("organisation", "organization"),
    ("organisations", "organization"),
    ("organizations", "organization"),
    ("org", "organization"),
    ("programmes?", "program"),
    ("min", "minimum"),
    ("max", "maximum"),
    ("lat", "latitude"),
    ("(?:long|lng|lon)", "longitude"),
    ("addr", "address"),
    ("desc", "description"),
    ("no", "number"),
    ("num", "number"),
    ("ref", "reference"),
    ("langs?", "language"),
    ("local authorities", "local authority"),
    ("local auth", "local authority"),
    ("la", "local authority"),
    ("alt", "alternate"),
    ("alternative", "alternate"),
    ("sub contractor", "subcontractor"),
    ("dept", "department"),
    ("criterion", "criteria"),
    ("fao", "attention"),
)

SINGULAR = {
    f"{word}s": word
    for word in (
        "accreditation address age area attribute category center centre charge comment contact cost council county "
        "date day detail district email fee group hour keyword language letter line link location mobile name note "
        "number opening outcome organization phone program project provider referral region requirement restriction "
        "route schedule service site subcontractor supplier tag taxonomy telephone time title topic type url venue "
        "website ward"
    ).split()
} | {
    "addresses": "address",
    "agencies": "agency",
    "authorities": "authority",
    "categories": "category",
    "charities": "charity",
    "companies": "company",
    "counties": "county",
    "facilities": "facility",
    "nationalities": "nationality",
    "taxonomies": "taxonomy",
    "towns": "town",
    "cities": "city",
    "postcodes": "postcode",
    "clinics": "clinic",
    "bodies": "body",
}

# Words that make a heading longer and mean nothing for where it belongs.
FILLERS = frozenset(
    "a and as at by current distribution first for full general if in incoming internal is known lead main of "
    "official our or please preferred primary prime public published short stated the their this to uk us who "
    "with your enquiry enquiries".split()
)

# Whom a heading speaks of.
OWNERS = {
    **dict.fromkeys(
        (
            "service",
            "program",
            "project",
            "intervention",
            "provision",
            "scheme",
            "offer",
            "sarc",
            "clinic",
            "hub",
            "refuge",
        ),
        "service",
    ),
    **dict.fromkeys(
        (
            "organization",
            "agency",
            "provider",
            "supplier",
            "charity",
            "company",
            "body",
            "trust",
            "contractor",
        ),
        "organization",
    ),
    **dict.fromkeys(
        ("location", "site", "venue", "building", "premises", "centre", "center", "place"), "location"
    ),
    "contact": "contact",
    "area": "area",
    "district": "area",
    "council": "area",
    "region": "area",
    "county": "area",
    "authority": "area",
}
OWNER_OF_TARGET = {
    "service": "service",
    "agency": "organization",
    "location": "location",
    "contact": "contact",
}

# What a heading says of an owner, where it means more than it would alone.
OWN_WORDS = {
    "name": "name",
    "title": "name",
    "id": "id",
    "uuid": "id",
    "guid": "id",
    "code": "id",
    "key": "id",
    "reference": "id",
    "identifier": "id",
}


def _phrases(**said: str) -> dict[str, str]:
    return {phrase.strip(): field for field, text in said.items() for phrase in text.split("|")}


PHRASES = {
    **_phrases(
        id="id|uuid|guid|identifier|unique id|unique identifier|record id|reference|reference number|key|urn",
        code="code|gss|gss code|ons code|ons gss code|statistical code",
        name="name|title|display name|called",
        alternate_name="alternate name|other name|also known|aka|formerly|previous name|trading name|acronym|nickname",
        description="description|summary|about|overview|details|detail|what we do|what it does|what they do|what we "
        "offer|what is it|information|long description|support offered|purpose|aims|what you offer",
        url="url|website|web|web address|link|homepage|internet|www|uri|site url|more information",
        email="email|email address|mail|mailbox|referral email|contact email|secure email",
        phone="phone|telephone|tel|phone number|telephone number|tel number|mobile|mobile number|landline|contact "
        "number|helpline|helpline number|call|freephone|contact phone|contact telephone|referral phone|number type "
        "number|24 hour phone|out hour phone|fixed line",
        status="status|service status|state of service",
        minimum_age="minimum age|age minimum|age from|lowest age|youngest age|age low|from age|lower age|lower age "
        "limit|age lower limit",
        maximum_age="age to|maximum age|age maximum|age up|age till|highest age|oldest age|age high|upper age|"
        "upper age limit|age upper limit|age until",
        ages="age|age range|age group|age band|ages seen|age limit|age served|age supported|age criteria|ages covered",
        eligibility="eligibility|eligibility criteria|eligibility description|criteria|access criteria|audience|target "
        "group|target audience|client group|eligible|it|can use it|can use|can access|aimed|suitable|users|open|who "
        "for|referral criteria|restriction|threshold|thresholds|gender",
        application_process="application process|how refer|how apply|referral|referral route|referral process|referral "
        "method|how access|access|how get help|how make referral|referral pathway|how contact|refer|making referral",
        fees="fee|cost|charge|price|fees description|cost description|cost details",
        wait_time="wait time|waiting time|waiting list|wait|current wait|average wait|time wait",
        alert="alert|warning|important",
        accreditations="accreditation|quality mark|kitemark|standards",
        language="language|languages spoken|spoken language|languages offered",
        category="category|service type|type|taxonomy|tag|keyword|topic|theme|subject|classification|taxonomy term"
        "|category name|speciality|specialism",
        hours="hour|opening hour|opening time|opening|open hour|times|availability|schedule|when|service hour|hours "
        "operation|opening days|opening details",
        commissioner="commissioner|commissioned|funder|funding|funded|funding source|source funding|commissioning body",
        contract_end="contract end|contract end date|contract expiry|contract expires|funded until|funding end|funding "
        "end date",
        assured_date="assured date|last checked|checked|date checked|last verified|verified|verified date|last reviewed"
        "|reviewed|review date|last assured|date verified|checked on|last check",
        assurer_email="assurer email|assurer",
        last_modified="last modified|last updated|updated|modified|updated at|modified at|date updated|last update|"
        "last changed|date modified|updated on",
        address="address|full address|postal address|physical address|where|location address|mailing address|premises "
        "address|visit",
        address_1="address 1|address1|address line 1|line 1|street|street address|address line1|street 1|house number "
        "street|building street|address street|road",
        address_2="address 2|address2|address line 2|line 2|address line2|address 3|address3|address line 3|address "
        "line3|line 3|locality|suburb|address 4|address line 4",
        city="city|town|town city|city town|post town|posttown|village|address city|address town",
        region="address region|address county|postal county",
        state_province="state province|state|province",
        country="country|address country",
        postal_code="postcode|address postcode|full postcode|location postcode|venue postcode",
        latitude="latitude|y coordinate latitude|location latitude|geo latitude",
        longitude="longitude|location longitude|geo longitude",
        location_type="location type|virtual",
        transportation="transportation|transport|travel|directions|getting there|parking",
        accessibility="accessibility|wheelchair access|disabled access|access needs|accessibility features|facility",
        attention="attention",
        department="department|team|directorate",
        role="role|job title|position|job role|post held",
        extension="extension|ext|phone extension",
        number="number",
        number_type="number type|phone type",
        weekday="weekday|day|day week|byday",
        opens_at="opens at|opens|opening at|open from|start time|opens time",
        closes_at="closes at|closes|closing time|open until|end time",
        start_date="start date|valid from|date start|dtstart|from date|began|established|created date",
        end_date="end date|valid to|date end|until|to date|ended|expiry date|closed date",
        closed="closed",
        identifier_scheme="identifier scheme",
        identifier_type="identifier type",
        legal_status="legal status|legal form|organization type|agency type|provider type|type organization|sector",
        parent="parent organization|parent organization id|parent agency|parent",
        nation="nation",
    ),
    "charity number": "charity_number",
    "registered charity number": "charity_number",
    "charity registration number": "charity_number",
    "charity commission number": "charity_number",
    "company number": "company_number",
    "companies house number": "company_number",
    "company registration number": "company_number",
    "registered company number": "company_number",
    "tax id": "tax_id",
    "local authority": "area.name",
    "local authority name": "area.name",
    "local authority code": "area.code",
    "local authority gss code": "area.code",
    "district gss": "area.code",
    "area": "area.name",
    "area covered": "area.name",
    "area served": "area.name",
    "service area": "area.name",
    "geographical area": "area.name",
    "geographic area": "area.name",
    "catchment": "area.name",
    "catchment area": "area.name",
    "coverage": "area.name",
    "covers": "area.name",
    "areas covered": "area.name",
    "police force": "area.name",
    "police force area": "area.name",
    "borough": "area.name",
    "county": "area.name",
    "region": "area.name",
    "area gss": "area.code",
    "council gss": "area.code",
    "contact": "contact.name",
    "contact name": "contact.name",
    "contact person": "contact.name",
    "named contact": "contact.name",
    "manager": "contact.name",
    "contact title": "contact.role",
    "contact role": "contact.role",
    "contact email": "contact.email",
    "contact email address": "contact.email",
    "contact phone": "contact.phone",
    "contact telephone": "contact.phone",
    "contact mobile": "contact.phone",
    "run": "organization.name",
    "delivered": "organization.name",
    "provided": "organization.name",
    "managed": "organization.name",
    "operated": "organization.name",
    "program id": "program.id",
}

_PLACE = frozenset(
    "address address_1 address_2 city region state_province country postal_code latitude longitude accessibility "
    "transportation location_type attention location.id location.name location.description".split()
)
_COMMON = frozenset(
    "id name alternate_name description url email phone category language hours area.name area.code last_modified "
    "contact.name contact.role contact.email contact.phone contact.department contact.id assured_date".split()
)
_OWNED = frozenset("id service.id location.id organization.id contact.id".split())
FIELDS: dict[str, frozenset[str]] = {
    "service": _COMMON
    | _PLACE
    | frozenset(
        "status minimum_age maximum_age ages eligibility application_process fees wait_time alert accreditations "
        "commissioner contract_end assurer_email organization.id organization.name organization.url "
        "organization.email organization.phone organization.description".split()
    ),
    "agency": _COMMON
    | _PLACE
    | frozenset("legal_status parent charity_number company_number tax_id".split()),
    "location": _COMMON | _PLACE | frozenset(("organization.id", "organization.name", "service.id")),
    "contact": _OWNED | frozenset(("name", "role", "email", "phone", "department")),
    "phone": _OWNED | frozenset(("number", "extension", "department", "number_type", "description")),
    "address": _OWNED | _PLACE,
    "schedule": _OWNED
    | frozenset("weekday opens_at closes_at start_date end_date closed description hours".split()),
    "service-area": _OWNED | frozenset(("name", "area.name", "area.code", "description")),
    "site": _OWNED | frozenset(("description",)),
    "language": _OWNED | frozenset(("name", "language")),
    "identifier": _OWNED | frozenset(("identifier_scheme", "identifier_type", "identifier")),
    "area": frozenset(
        "code local_code name alternate_name began ended successors former former_name within vintage".split()
    ),
}
CHILDREN = frozenset(
    ("contact", "phone", "address", "schedule", "service-area", "site", "language", "identifier")
)
TARGETS = ("service", "agency", "location", "area")
"""What a person may say that a row is."""

# A field that the target does not have, and the one that takes its place.
INSTEAD = {
    ("phone", "phone"): "number",
    ("phone", "category"): "number_type",
    ("agency", "category"): "legal_status",
    ("agency", "organization.name"): "name",
    ("service", "region"): "area.name",
    ("service", "role"): "contact.role",
    ("agency", "role"): "contact.role",
    ("service", "department"): "contact.department",
    ("service", "contact"): "contact.name",
}

# Fields for which a table may have several columns.
REPEATED = frozenset(
    "alternate_name phone email category language area.name area.code address_2 eligibility hours accessibility "
    "former within successors".split()
)
# Fields that a heading names whatever follows: *telephone (24 hours)*.
REACHED = frozenset(("email", "phone", "url", "postal_code"))
# Single words that mean what they say wherever a heading ends with them.
STRONG = frozenset(
    "email phone url postal_code latitude longitude minimum_age maximum_age description eligibility "
    "charity_number company_number address name".split()
)
