"""Words with which pairs are made by rule: sides of the war, synonyms, opposites, denials."""

from __future__ import annotations

SIDES: tuple[tuple[str, ...], ...] = (
    ("Syrian army", "Syrian government forces", "regime forces", "government forces",
     "Assad regime forces", "regime troops", "Syrian troops", "the army", "army units",
     "Syrian regime", "Assad regime", "Syrian government"),
    ("rebels", "rebel fighters", "opposition fighters", "opposition forces", "rebel groups",
     "Free Syrian Army", "insurgents"),
    ("Islamic State", "ISIL", "ISIS", "Daesh", "the Islamic State group", "IS fighters"),
    ("al-Nusra Front", "Nusra Front", "Jabhat al-Nusra", "Al-Nusra Front"),
    ("Russian warplanes", "Russian jets", "the Russian air force", "Russian planes"),
    ("US-led coalition", "the US-led coalition", "coalition warplanes", "coalition jets"),
    ("Kurdish fighters", "YPG", "Kurdish forces", "Kurdish militia"),
    ("Turkish forces", "Turkish troops", "Turkish army"),
    ("Israeli warplanes", "Israeli jets"),
    ("Hezbollah", "Hizbullah", "Hezbollah fighters"),
    ("Iranian forces", "Iranian troops"), ("US forces", "American troops", "US soldiers"),
    ("Iraqi army", "Iraqi troops"), ("Taliban fighters", "the Taliban"),
    ("gunmen", "armed men", "unidentified gunmen"), ("separatists", "separatist fighters"),
    ("Saudi jets", "Saudi warplanes"), ("Hamas", "Hamas militants"), ("Ukrainian troops",),
    ("Boko Haram", "Boko Haram fighters"), ("Ethiopian soldiers",), ("French commandos",),
    ("tribal fighters",), ("the Fourth Brigade", "fighters of the Fourth Brigade"),
    ("border guards",), ("the Eagle Battalion",), ("mercenaries", "hired fighters"),
)  # fmt: skip
"""Names for each side of the war in the texts, then for sides of other wars."""
SYNONYMS = (
    ("were killed", "were slain"), ("were killed", "died"), ("wounded", "injured"),
    ("wounded", "hurt"),
    ("injured", "wounded"), ("said", "stated"), ("said", "reported"),
    ("attack", "assault"), ("attacks", "assaults"), ("air strikes", "aerial bombing"),
    ("airstrikes", "air raids"), ("seized", "captured"), ("captured", "seized"),
    ("civilians", "ordinary people"), ("children", "minors"), ("town", "locality"),
    ("fired", "launched"), ("targeted", "hit"), ("destroyed", "wrecked"), ("near", "close to"),
    ("carried out", "conducted"), ("including", "among them"), ("began", "started"),
    ("several", "a number of"), ("people", "persons"), ("explosion", "blast"),
    ("clashes", "fighting"), ("announced", "declared"),
    ("neighborhood", "district"), ("huge", "very large"), ("help", "aid"),
)  # fmt: skip
"""A word and another that may stand for it."""
OPPOSITES = (
    ("captured", "failed to capture"), ("seized", "failed to seize"), ("took control of", "lost"),
    ("regained control", "lost control"), ("retook", "failed to retake"), ("rose", "fell"),
    ("advanced", "retreated"), ("entered", "were kept from entering"), ("opened", "closed"),
    ("agreed", "refused"), ("accepted", "rejected"), ("approved", "rejected"), ("won", "lost"),
    ("succeeded", "failed"), ("managed to", "failed to"), ("increased", "decreased"),
    ("confirmed", "denied"), ("supports", "opposes"), ("supported", "opposed"),
    ("destroyed", "left undamaged"), ("reached", "failed to reach"), ("broke", "failed to break"),
    ("released", "went on holding"), ("intact", "destroyed"), ("able to", "unable to"),
    ("allowed", "forbade"), ("ended", "went on"), ("higher", "lower"), ("more", "fewer"),
    ("before", "after"), ("success", "failure"), ("possible", "impossible"), ("lifted", "kept"),
    ("guilty", "innocent"), ("survived", "died"), ("alive", "dead"), ("safe", "dangerous"),
    ("killed", "only wounded"), ("without", "with"), ("clear", "unclear"), ("first", "last"),
    ("responsible for", "not involved in"), ("behind the", "not behind the"),
)  # fmt: skip
"""A word and what makes the sentence say the opposite."""
NEGATED = (
    (r"\b(was|were|has|had|have|is|are|will|would|could|can|should)\b", r"\1 not"),
    (r"\bkilled\b", "did not kill"), (r"\bhit\b", "did not hit"), (r"\btook\b", "did not take"),
    (r"\btargeted\b", "did not target"), (r"\bcarried out\b", "did not carry out"),
    (r"\bused\b", "never used"), (r"\bfired\b", "did not fire"), (r"\bsaid\b", "denied"),
    (r"\bclaimed responsibility\b", "denied responsibility"), (r"\blaunched\b", "never launched"),
    (r"\bconfirmed that\b", "denied that"), (r"\bsaid that\b", "rejected as untrue that"),
)  # fmt: skip
"""A pattern and its negation."""
DENIALS = (
    "{who} denied that {claim}", "{who} rejected reports that {claim}",
    "{who} called it a lie that {claim}", "{who} dismissed as baseless the claim that {claim}",
    "There is no truth in reports that {claim}", "{who} said it never happened: {claim}",
    "Contrary to what was reported, it is not so that {claim}", "Hoax: {claim}",
    "{who} insisted it was false that {claim}", "No, {claim} is not what happened",
)  # fmt: skip
"""Frames that deny a claim."""
AGREED = (
    "{who} confirmed that {claim}", "{who} said there was no question that {claim}",
    "{who} would not comment further but acknowledged that {claim}",
    "Nobody contests that {claim}", "{who} told reporters that {claim}",
    "As was reported and not disputed by anyone, {claim}",
    "{who} could no longer deny that {claim}",
    "No one has claimed responsibility, but {claim}",
    "It was not immediately clear why, but {claim}",
    "{who}, who gave no further details, reported that {claim}", "Reports say {claim}",
)  # fmt: skip
"""Frames that leave a claim as it is, though many hold a negation."""
SPEAKERS = (
    "Officials", "The ministry", "A military source", "Activists", "The spokesman", "Moscow",
    "The government", "Residents", "State media", "A monitoring group", "The opposition", "He",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PLACES = (
    "Aleppo", "Idlib", "Homs", "Hama", "Raqqa", "Damascus", "Daraa", "Deir Ezzor", "Latakia",
    "Palmyra", "Hasakeh", "Kobani", "Quneitra", "Douma", "Tartous",
)  # fmt: skip
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
"""Number words; each stands at its value."""
