"""The words that say what happened to what is counted. Data only: all are matched lower-case."""

from __future__ import annotations

from typing import Final

from verify.ingest.wordlists import words
from verify.records import QuantityKind

KIND_WORDS: Final[dict[QuantityKind, frozenset[str]]] = {
    "killed": words(
        "kill killed kills killing killings slain slaughtered slaughtering dead die died dies"
        " dying death deaths fatality fatalities martyr martyrs martyred martyring martyrdom"
        " executed executing beheaded beheading murdered murdering massacred massacring"
        " crucified crucifies crucifying perished lives corpse corpses bodies assassinated"
        " assassinating eliminated eliminating neutralised neutralized drowned killes slew"
        " gunned"
    ),
    "wounded": words(
        "wound wounded wounding wounds injure injured injures injuring injury injuries hurt"
        " hurting maimed maiming hospitalised hospitalized"
    ),
    "captured": words(
        "capture captured captures capturing arrest arrested arrests arresting detain detained"
        " detaining detainees kidnap kidnapped kidnaped kidnaps kidnapping abduct abducted"
        " abducting hostages captives seized hostage captive prisoner"
    ),
    "missing": words("missing disappeared unaccounted"),
    "displaced": words(
        "displace displaced displaces displacing displacement flee fled flees fleeing homeless"
        " uprooted uprooting evacuated evacuating"
    ),
    "destroyed": words(
        "destroy destroyed destroys destroying destruction demolished demolishing wrecked"
        " wrecking downed levelled leveled razed burned burnt burning torched torching flattened"
        " flattening sunk incinerated ablaze"
    ),
    "force_size": words(
        "deploy deployed deploys deploying stationed mobilised mobilized mustered joined"
        " remained garrisoned"
    ),
}
KIND_OF: Final[dict[str, QuantityKind]] = {
    word: kind for kind, listed in KIND_WORDS.items() for word in listed
}
CASUALTY_NOUNS: Final = words(
    "dead martyr martyrs death deaths fatality fatalities injury injuries wounds detainees"
    " hostages captives corpses bodies lives corpse"
)
"""These carry the kind of what they count, wherever the verb stands."""
NOUNS_OF_ACTS: Final = words(
    "death deaths killing killings injury injuries martyrdom lives displacement execution"
    " wounding injuring capture arrest kidnapping destruction martyring massacre bodies corpses"
)
"""These govern a count only through "of": "the deaths of 12 people"."""
THINGS: Final = words(
    "shell shells rocket rockets missile missiles bomb bombs round rounds mortar mortars raid"
    " raids strike strikes airstrikes air-strikes attack attacks sorties explosions blasts house"
    " houses home homes car cars truck trucks bus buses building buildings village villages town"
    " towns city cities neighborhood neighborhoods neighbourhood neighbourhoods district"
    " districts tank tanks vehicle vehicles group groups organization organizations"
    " organisations site sites position positions target targets area areas point points country"
    " countries hospital hospitals school schools mosque mosques church churches center centers"
    " centre centres checkpoint checkpoints den dens depot depots base bases helicopter"
    " helicopters plane planes aircraft warplanes jets drones province provinces facility"
    " facilities shops stores weapons barrels canisters operations carriers posts hideouts"
    " bulldozers cannons launchers rifles guns resolutions agreements rounds factions parties"
    " family sides stages phases hills roads streets systems huts"
)
"""Nobody kills or wounds these; they can be destroyed."""
ARMS: Final = words(
    "tank tanks vehicle vehicles truck trucks helicopter helicopters plane planes aircraft"
    " warplanes jet jets drone drones gun guns cannons launchers howitzers carriers boat boats"
    " ship ships warship warships apcs"
)
"""What an army that "lost three" has lost for good; a lost village was taken, not destroyed."""
PERSONS: Final = words(
    "people persons civilians men women children soldiers troops fighters militants terrorists"
    " terrorist rebels gunmen jihadists insurgents forces members patients residents citizens"
    " families victims syrians afghans policemen prisoners teachers students workers recruits"
    " servicemen conscripts officers commanders personnel villagers farmers worshippers shepherds"
    " pilots sailors guards medics paramedics doctors nurses journalists passengers children boys"
    " girls infants babies refugees migrants protesters demonstrators hostages combatants"
    " mercenaries peacekeepers gendarmes rangers attackers assailants bombers girls herders"
    " pilgrims tribesmen palestinians israelis ukrainians russians yemenis sudanese iraqis"
)
"""Whoever can be "14 wounded men"; in the plural they end the words of what is counted."""
PREDICATES: Final = words("dead missing homeless hostage captive prisoner")
"""These say a fate after what is counted and never govern another count."""
INTRANSITIVE: Final = words("died drowned perished fled joined")
"""Those counted do these themselves, and to nobody else."""
GROUPS: Final = words("family household crew team squad patrol")
CASUALTIES: Final = frozenset({"killed", "wounded", "captured", "missing", "displaced"})
FORCES: Final = words(
    "soldiers troops fighters militants rebels men forces personnel jihadists combatants commanders"
)
AUXILIARIES: Final = words("was were been being be is are has have had got get gets")
PASSIVE: Final = words("was were been being be is are got")
STEPS: Final = AUXILIARIES | words(
    "also reportedly allegedly then so both severely critically seriously badly might may could"
    " brutally confirmed left since all later either still already others more another reported"
    " to now internally forcibly shot found"
)
"""Words that may stand between what is counted and the participle that governs it."""
CLAUSE_WORDS: Final = words(
    "that said says say when as because if while whether whereas although though after before"
    " until following adding noting told reported added where leaving causing but claiming"
    " according"
)
PREPOSITIONS: Final = words(
    "in by on with at from near to into under during against inside outside for through between"
    " over around amid across towards toward off onto within due since via among south north"
    " east west"
)
JOINS: Final = words("and or plus alongside , & along including with well as while both nor")
PART_OF: Final = words("including includes included include among comprising namely")
STOP_WORDS: Final = (
    CLAUSE_WORDS
    | PREPOSITIONS
    | AUXILIARIES
    | PART_OF
    | words(
        "who whom which then also mostly both plus alongside along will would can could may"
        " might must should reportedly allegedly as an a the including not its their his her one"
        " another hit hits struck fell landed fired dropped targeted targeting took broke left"
        " rise rises rose wounding survived what those this these there he she it they we some"
        " remain was monitor afp reuters ngo earlier later instead northeast northwest southeast"
        " southwest monday tuesday wednesday thursday friday saturday sunday yesterday today"
        " overnight"
    )
)
"""What ends the words of what is counted."""
