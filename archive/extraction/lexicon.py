"""Closed word classes and the verbs that introduce speech: the rules' knowledge of
English.
"""

from enum import StrEnum

from archive.extraction.wordset import word_set


class Cue(StrEnum):
    """The type of content that a speech verb takes."""

    SAY = "say"  # a bare clause, a that-clause or a quotation
    TELL = "tell"  # the same, after the person addressed
    # like SAY, and a noun phrase may be the content ("announced the arrest of …")
    NOUN = "noun"
    QUOTE = (
        # a quotation or a that-clause; a noun phrase after the verb is not content
        "quote"
    )
    SOFT = "soft"  # thought rather than speech: only counts next to quotation marks


class Form(StrEnum):
    """Inflected form of a speech verb."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    ING = "ing"
    PARTICIPLE = "participle"


_VERBS = {
    Cue.SAY: """
        say add note write argue claim insist explain warn acknowledge admit assert
        contend declare suggest reply respond tweet conclude concede maintain complain
        testify remark observe allege stress emphasize reiterate caution counter joke
        quip boast lament state proclaim swear hint imply retort muse opine agree
        repeat reason recount underscore counsel theorize attest affirm reaffirm
        intimate profess posit speculate stipulate reckon point blog email crow gripe
        bemoan fret grumble confess volunteer
    """,
    Cue.NOUN: """
        announce predict report recall confirm promise pledge vow estimate reveal
        disclose deny indicate threaten
    """,
    Cue.TELL: """
        tell assure remind inform notify
    """,
    Cue.QUOTE: """
        rule call describe ask continue begin shout yell cry exclaim scream chant
        whisper urge demand blast slam denounce condemn praise criticize mock accuse
        dismiss label dub brand characterize refer read sing answer laugh sigh
        elaborate question wonder compare deride attack tout decry hail ridicule rip
        challenge cite mention discuss thunder roar bellow interject chime conclude
        plead beg advise bark mutter murmur mumble gush rant rail intone recite sneer
        scoff fume vent summarize lash portray liken depict deem pronounce proclaim
        hammer bash castigate lambaste berate chide scold rebuke defend herald applaud
        salute thank promote signal quote offer interrupt inquire riff rattle seethe
        marvel joke snark bemoan bristle exhort implore pray preach recommend propose
        caution text clarify address invoke declare coin trumpet extol complain
        apologize insinuate snipe vilify warn credit fault blame boo reminisce hector
        pen author
    """,
    Cue.SOFT: """
        think believe feel hope want see know consider realize learn find show expect
        worry fear understand doubt need seek try vote support decide view regard use
        love like hate make take have give get go shoot put cast paint rate start
        close open finish post charge issue publish highlight knock trash snap greet
        pitch
    """,
}
_IRREGULAR = {
    "say": "says said saying said",
    "tell": "tells told telling told",
    "write": "writes wrote writing written",
    "swear": "swears swore swearing sworn",
    "begin": "begins began beginning begun",
    "read": "reads read reading read",
    "sing": "sings sang singing sung",
    "shoot": "shoots shot shooting shot",
    "go": "goes went going gone",
    "put": "puts put putting put",
    "cast": "casts cast casting cast",
    "paint": "paints painted painting painted",
    "think": "thinks thought thinking thought",
    "feel": "feels felt feeling felt",
    "see": "sees saw seeing seen",
    "know": "knows knew knowing known",
    "find": "finds found finding found",
    "show": "shows showed showing shown",
    "understand": "understands understood understanding understood",
    "seek": "seeks sought seeking sought",
    "make": "makes made making made",
    "take": "takes took taking taken",
    "have": "has had having had",
    "give": "gives gave giving given",
    "get": "gets got getting gotten",
    "refer": "refers referred referring referred",
    "admit": "admits admitted admitting admitted",
    "quip": "quips quipped quipping quipped",
    "rip": "rips ripped ripping ripped",
    "dub": "dubs dubbed dubbing dubbed",
    "tweet": "tweets tweeted tweeting tweeted",
    "slam": "slams slammed slamming slammed",
    "snap": "snaps snapped snapping snapped",
    "beg": "begs begged begging begged",
    "blog": "blogs blogged blogging blogged",
    "pen": "pens penned penning penned",
    "plead": "pleads pleaded pleading pleaded",
    "stress": "stresses stressed stressing stressed",
    "bash": "bashes bashed bashing bashed",
    "thank": "thanks thanked thanking thanked",
}


def _inflect(verb: str) -> list[str]:
    """Returns the third person, past, -ing form and participle of a regular verb."""
    if verb.endswith("e"):
        return [verb + "s", verb + "d", verb[:-1] + "ing", verb + "d"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing", verb[:-1] + "ied"]
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [third, verb + "ed", verb + "ing", verb + "ed"]


def _forms() -> dict[str, tuple[str, Cue, Form]]:
    table: dict[str, tuple[str, Cue, Form]] = {}
    kinds = (Form.THIRD, Form.PAST, Form.ING, Form.PARTICIPLE)
    for cue, words in _VERBS.items():
        for verb in words.split():
            forms = _IRREGULAR[verb].split() if verb in _IRREGULAR else _inflect(verb)
            unchanged = (
                forms[1] == verb
            )  # "read", "put": alone, the word is the past more often than a plural
            table.setdefault(verb, (verb, cue, Form.PAST if unchanged else Form.BASE))
            for word, form in zip(forms, kinds, strict=True):
                table.setdefault(word, (verb, cue, form))
    return table


CUES = _forms()
"""Word form -> (verb, how it takes its content, inflection)."""

NOUN_CUES = word_set(
    "claim assertion statement promise warning argument contention suggestion "
    "allegation remark "
    "remarks comment comments claims assertions statements promises warnings pledge "
    "vow declaration "
    "insistence prediction accusation charge admission announcement tweet tweets "
    "letter email memo "
    "post speech"
)
ALSO_NOUNS = word_set(
    "rule rules claim claims report reports note notes call calls charge charges "
    "promise promises "
    "remark remarks question questions state states estimate estimates demand demands "
    "warning reading "
    "post posts tweet tweets comment comments pledge pledges vow vows reply replies "
    "answer answers "
    "attack attacks challenge challenges cry label labels brand brands laugh start "
    "finish open close "
    "offer offers address text quote quotes email emails cast shot shots put read "
    "issue issues "
    "highlight highlights need needs vote votes support use like hope hopes view views "
    "fear fears "
    "show shows reason reasons joke jokes worry doubt doubts counter prayer feeling "
    "mention finding "
    "findings praise blame credit fault pitch hammer trash knock slam blast mock "
    "thought "
    "beginning meaning love hate worries record writing greeting see post stress hint "
    "hints love rate "
    "rates go"
)

DETERMINERS = word_set(
    "the a an this these those his her their its my our your some any each every no "
    "several many few "
    "another both all most one two three four five six seven eight nine ten dozens "
    "hundreds thousands "
    "other others such certain various numerous"
)
POSSESSIVES = word_set("his her their its my our your whose")
SUBJECT_PRONOUNS = word_set("he she they it i we you who which")
PREPOSITIONS = word_set(
    "of in on at for with by from to about into over after before during under between "
    "against "
    "through without within among amid despite since until upon per like as than "
    "toward towards "
    "across behind beyond near outside inside off onto via following including "
    "regarding concerning "
    "around above below beside besides except alongside throughout versus"
)
SUBORDINATORS = word_set(
    "when while because although though if whether unless where that how why what once "
    "whereas lest "
    "so wherever whenever whatever"
)
CONJUNCTIONS = word_set("and or but nor")
AUXILIARIES = word_set(
    "is are was were be been being am has have had having do does did will would can "
    "could may might "
    "shall should must isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't "
    "didn't won't "
    "wouldn't can't couldn't shouldn't mustn't cannot ain't ought"
)
ADVERBS = word_set(
    "also then later now still already again ever once never always even just only "
    "often recently too "
    "however soon not n't instead meanwhile earlier previously perhaps maybe thus "
    "therefore indeed "
    "yet almost nearly sometimes first afterward afterwards simply rather quite very "
    "there here "
    "further long so far himself herself themselves itself ago back both ahead "
    "together sarcastically "
    "moreover furthermore otherwise nonetheless nevertheless apparently else likewise"
)
DATES = word_set(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow "
    "tonight "
    "january february march april june july august september october november december "
    "jan feb sept "
    "oct nov dec mon tue tues wed thu thurs fri sat sun"
)
DATE_NOUNS = word_set(
    "morning afternoon evening night week month year weekend time day days weeks "
    "months years summer "
    "spring winter fall decade moment hour"
)
VERBS = word_set(
    "became become becomes came come comes goes went gone got gets get gave give gives "
    "given made "
    "makes make took takes take taken left leave leaves met meets held holds hold kept "
    "keeps keep let "
    "lets led leads lost loses lose won wins win ran runs run sent sends brought "
    "brings built bought "
    "spent spends stood stands sat fell falls fallen grew grown rose rises broke "
    "broken chose chosen "
    "drew drawn drove driven flew fought fights forgot gets hit hits hurt knew known "
    "lies paid pays "
    "pay rode seek seeks sought sold sells showed shows shown spoke speaks spoken "
    "stole threw thrown "
    "thought thinks understood wore woke seems seem seemed appears appeared remains "
    "remained wants "
    "want wanted needs need needed works work worked lives live lived plans plan "
    "planned tries tried "
    "try helps help helped uses used looks looked look turned turns turn began begun "
    "begins starts "
    "started continues continued served serves received included includes followed "
    "follows moved "
    "moves moving faces faced caused causes created creates allows allowed allow adds "
    "set sets put "
    "puts cut cuts costs cost happened happens happen means meant mean feels felt "
    "finds found "
    "believes believe believed thinks think hopes hope hoped knows know likes like "
    "loves love saw "
    "sees see seen heard hears hear watched died dies killed shot beat beats sits "
    "exists existed "
    "existed ended ends end opened closed signed visited joined refused refuses "
    "declined declines "
    "supports opposes supported opposed voted votes passed passes raised raises "
    "changed reached "
    "carried won't pushed pulled walked talked talks talk focused ranks belongs "
    "represents operates "
    "owns comprises reflects reflected suffers deserves brings lacks contains requires "
    "required "
    "provides provided offers offered issued issues released launched filed posted "
    "posts gained "
    "earned cast drop dropped drops fails failed fail gives marks marked shared shares "
    "published "
    "publishes cites cited uses based struggled struggles struggle hired fired fires "
    "grew grows grow "
    "rolled stopped stops stop"
)
TITLES = word_set(
    "mr mrs ms miss dr sen sens rep reps gov govs gen lt col sgt capt maj adm cmdr rev "
    "hon prof sir "
    "dame lord lady president vice senator senators congressman congresswoman "
    "representative governor "
    "mayor secretary minister chancellor judge justice chief sheriff attorney general "
    "speaker leader councillor baroness "
    "chairman chairwoman chair director commissioner comptroller advocate councilman "
    "councilwoman "
    "councilmember assemblyman assemblywoman ambassador professor officer detective "
    "captain sergeant "
    "lieutenant colonel admiral king queen prince princess pope bishop cardinal "
    "archbishop rabbi imam "
    "father sister pastor reverend deputy detective superintendent treasurer auditor "
    "prosecutor czar "
    "spokesman spokeswoman spokesperson strategist adviser advisor aide consultant "
    "pollster analyst "
    "economist author host anchor correspondent reporter columnist editor activist "
    "actor actress "
    "singer candidate nominee businessman mogul billionaire lawyer counsel manager "
    "coach premier "
    "delegate supervisor undersecretary"
)
ROLE_NOUNS = TITLES | word_set(
    "founder owner executive officer member head ceo cofounder co-founder co-chair "
    "expert fellow "
    "scholar scientist historian researcher teacher student doctor physician nurse "
    "attorney critic "
    "supporter opponent rival ally friend wife husband son daughter brother sister "
    "mother father "
    "veteran resident voter official lawmaker legislator staffer operative organizer "
    "partner producer "
    "director writer journalist commentator contributor surrogate donor fundraiser "
    "entrepreneur "
    "developer banker trader farmer worker driver engineer designer principal dean "
    "provost inspector "
    "investigator agent guard soldier marine pilot astronaut lobbyist trustee "
    "regulator negotiator "
    "mediator diplomat envoy clerk secretary treasurer librarian curator artist "
    "musician controller "
    "registrar warden alderman selectman administrator coordinator ombudsman marshal "
    "ranger constable "
    "magistrate bailiff commander chaplain vicar conductor whip minister premier "
    "spokesperson "
    "novelist poet comedian filmmaker star celebrity player quarterback frontrunner "
    "front-runner "
    "incumbent challenger contender chief boss leader man woman"
)
ORG_WORDS = word_set(
    "university college school report train department committee commission party "
    "association "
    "institute agency council court bureau office post times journal news press "
    "tribune herald "
    "magazine network company corp corporation inc llc group foundation fund center "
    "centre union "
    "league bank board administration campaign house senate congress parliament "
    "ministry federation "
    "society alliance coalition project team service services hospital church police "
    "force army navy "
    "act bill street avenue city county state district department's today tv radio pac "
    "organization "
    "trust authority museum academy library cnn nbc cbs abc fox msnbc pbs npr ap "
    "reuters bbc fbi cia "
    "nsa dnc rnc gop nra aclu naacp pentagon treasury twitter facebook google politico "
    "breitbart "
    "huffpost democrats republicans democratic republican convention hall island "
    "islands poll summit "
    "forum airport constitution bowl cup tower hotel plaza americans"
)
GROUP_NOUNS = word_set(
    "those officials police authorities prosecutors critics supporters experts "
    "analysts aides advisers "
    "advisors sources lawmakers republicans democrats investigators researchers "
    "scientists economists "
    "voters protesters residents activists leaders allies opponents observers "
    "organizers lawyers "
    "attorneys witnesses people others some many several most conservatives liberals "
    "progressives "
    "members students parents families strategists reporters journalists senators "
    "governors mayors "
    "historians scholars doctors teachers workers executives insiders operatives "
    "advocates "
    "campaigners demonstrators both two"
)
PLACES = word_set(
    "washington york chicago boston california texas florida ohio virginia america "
    "europe asia africa "
    "russia china iran iraq syria israel mexico canada britain england france germany "
    "japan korea "
    "india iowa hampshire carolina nevada colorado michigan wisconsin pennsylvania "
    "georgia arizona "
    "indiana illinois missouri minnesota tennessee kentucky alabama louisiana "
    "mississippi arkansas "
    "oklahoma kansas nebraska oregon utah idaho montana wyoming maryland delaware "
    "jersey connecticut "
    "massachusetts vermont maine alaska hawaii dakota philadelphia cleveland detroit "
    "houston dallas "
    "atlanta miami orlando denver seattle vegas francisco angeles diego benghazi libya "
    "afghanistan "
    "pakistan ukraine turkey egypt london paris berlin moscow beijing brooklyn "
    "manhattan queens bronx "
    "island states kingdom nations"
)
