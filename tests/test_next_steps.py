"""What lies ahead is found in its own words, with who would do it, how firm it is, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from spacy.tokens import Doc

from generator.analysis.model import Actor, Attribution, NextStep, Quote
from generator.analysis.next_steps import Candidate, find_candidates, find_next_steps
from generator.analysis.step_model import judge
from generator.pipeline.stated import Stated
from tests.parses import parsed

# A Wednesday.
TODAY = date(2024, 7, 17)


class Names:
    """A cast that knows an actor by one word of the phrase; "we" is the speaker."""

    def __init__(self, doc: Doc, *words: str) -> None:
        self.doc, self.words = doc, words
        self.actors = tuple(
            Actor(word, word.title(), "organization", None, None, (), (), key=False) for word in words
        )

    def refer(self, start: int, end: int, speaker: str | None = None) -> str | None:
        phrase = self.doc.text[start:end].lower().split()
        if phrase in (["we"], ["i"]):
            return speaker
        return next((word for word in self.words if word in phrase), None)


def steps(
    *sentences: str,
    actors: Sequence[str] = ("mayor", "council", "guild", "unions", "agency", "senate", "dana"),
    attributions: Sequence[Attribution] = (),
    quotes: Sequence[Quote] = (),
) -> tuple[Doc, tuple[NextStep, ...]]:
    doc = parsed(*sentences)
    return doc, find_next_steps(doc, Names(doc, *actors), TODAY, attributions, quotes)


def words(doc: Doc, step: NextStep) -> str:
    return " ".join(doc.text[start:end] for start, end in step.span)


@pytest.mark.parametrize(
    ("sentence", "text", "status", "owners", "iso"),
    [
        (
            "The/DT/det/2 mayor/NN/nsubj/4 will/MD/aux/4 open/VB/root/0 the/DT/det/6 bridge/NN/obj/4"
            " on/IN/case/8"
            " Friday/NNP/obl/4 ././punct/4",
            "The mayor will open the bridge on Friday.",
            "scheduled",
            ("mayor",),
            "2024-07-19",
        ),
        (
            "Dana/NNP/nsubj/3 Whit/NNP/flat/1 said:say/VBD/root/0 Dana/NNP/nsubj/6 would/MD/aux/6"
            " resign/VB/ccomp/3"
            " within/IN/case/9 two/CD/nummod/9 weeks:week/NNS/obl/6 ././punct/3",
            "Dana would resign within two weeks",
            "planned",
            ("dana",),
            "2024-07-31",
        ),
        (
            "The/DT/det/2 council/NN/nsubj/3 agreed:agree/VBD/root/0 on/IN/case/5 Monday/NNP/obl/3"
            " to/TO/mark/7"
            " close/VB/xcomp/3 the/DT/det/9 pool/NN/obj/7 ././punct/3",
            "The council agreed on Monday to close the pool.",
            "agreed",
            ("council",),
            None,
        ),
        (
            "The/DT/det/2 unions:union/NNS/nsubj/3 urged:urge/VBD/root/0 the/DT/det/5 mayor/NN/obj/3"
            " to/TO/mark/7"
            " delay/VB/xcomp/3 the/DT/det/9 vote/NN/obj/7 ././punct/3",
            "The unions urged the mayor to delay the vote.",
            "proposed",
            ("mayor",),
            None,
        ),
        (
            "The/DT/det/2 mayor/NN/nsubj/3 called:call/VBD/root/0 for/IN/case/6 a/DT/det/6 meeting/NN/obl/3"
            " with/IN/case/9 the/DT/det/9 unions:union/NNS/nmod/6 ././punct/3",
            "The mayor called for a meeting with the unions.",
            "proposed",
            ("mayor", "unions"),
            None,
        ),
        (
            "The/DT/det/2 guild/NN/nsubj/3 threatened:threaten/VBD/root/0 to/TO/mark/5 sue/VB/xcomp/3"
            " unless/IN/mark/9"
            " the/DT/det/8 mayor/NN/nsubj/9 apologises:apologise/VBZ/advcl/3 by/IN/case/12"
            " May/NNP/nmod:unmarked/12"
            " 1/CD/obl/9 ././punct/3",
            "The guild threatened to sue unless the mayor apologises by May 1.",
            "conditional",
            ("guild",),
            "2025-05-01",
        ),
        (
            "The/DT/det/2 hearing/NN/nsubj/4 is:be/VBZ/cop/4 due/JJ/root/0 on/IN/case/7"
            " June/NNP/nmod:unmarked/7"
            " 3/CD/obl/4 ././punct/4",
            "The hearing is due on June 3.",
            "scheduled",
            (),
            "2025-06-03",
        ),
        (
            "The/DT/det/2 tax/NN/nsubj/3 takes:take/VBZ/root/0 effect/NN/obj/3 on/IN/case/7"
            " Oct./NNP/nmod:unmarked/7"
            " 1/CD/obl/3 ././punct/3",
            "The tax takes effect on Oct. 1.",
            "scheduled",
            (),
            "2024-10-01",
        ),
        (
            "The/DT/det/2 council/NN/nsubj/4 is:be/VBZ/aux/4 considering:consider/VBG/root/0"
            " whether/IN/mark/7"
            " to/TO/mark/7 ban/VB/advcl/4 the/DT/det/9 ships:ship/NNS/obj/7 ././punct/4",
            "The council is considering whether to ban the ships.",
            "possible",
            ("council",),
            None,
        ),
        (
            "The/DT/det/2 plan/NN/nsubj/3 requires:require/VBZ/root/0 approval/NN/obj/3 by/IN/case/7"
            " the/DT/det/7"
            " senate/NN/nmod/4 ././punct/3",
            "The plan requires approval by the senate.",
            "proposed",
            ("senate",),
            None,
        ),
        (
            "If/IN/mark/4 the/DT/det/3 senate/NN/nsubj/4 rejects:reject/VBZ/advcl/11 the/DT/det/6"
            " plan/NN/obj/4"
            " ,/,/punct/4 the/DT/det/9 mayor/NN/nsubj/11 could/MD/aux/11 resign/VB/root/0 ././punct/11",
            "If the senate rejects the plan, the mayor could resign.",
            "conditional",
            ("mayor",),
            None,
        ),
        (
            "The/DT/det/2 council/NN/nsubj/3 stood:stand/VBD/root/0 ready/JJ/xcomp/3 to/TO/mark/6"
            " send/VB/xcomp/4"
            " doctors:doctor/NNS/obj/6 ././punct/3",
            "The council stood ready to send doctors.",
            "proposed",
            ("council",),
            None,
        ),
        (
            "The/DT/det/2 mayor/NN/nsubj/4 still/RB/advmod/4 has:have/VBZ/root/0 to/TO/mark/6"
            " sign/VB/xcomp/4 the/DT/det/8 lease/NN/obj/6 ././punct/4",
            "The mayor still has to sign the lease.",
            "proposed",
            ("mayor",),
            None,
        ),
        (
            "The/DT/det/2 bill/NN/nsubj/5 must/MD/aux/5 still/RB/advmod/5 clear/VB/root/0 the/DT/det/7"
            " senate/NN/obj/5 ././punct/5",
            "The bill must still clear the senate.",
            "proposed",
            (),
            None,
        ),
        (
            "The/DT/det/2 guild/NN/nsubj/3 advertised:advertise/VBD/root/0 a/DT/det/5 rally/NN/obj/3"
            " set/VBN/acl/5 for/IN/case/8 Friday/NNP/obl/6 ././punct/3",
            "a rally set for Friday",
            "scheduled",
            (),
            "2024-07-19",
        ),
        (
            "The/DT/det/2 guild/NN/nsubj/4 would/MD/aux/4 like/VB/root/0 the/DT/det/6 mayor/NN/obj/4"
            " to/TO/mark/8 explain/VB/xcomp/4 the/DT/det/10 closure/NN/obj/8 ././punct/4",
            "The guild would like the mayor to explain the closure.",
            "proposed",
            ("mayor",),
            None,
        ),
        (
            "Moscow/NNP/nsubj/2 rejected:reject/VBD/root/0 calls:call/NNS/obj/2 by/IN/case/6 the/DT/det/6"
            " guild/NN/nmod/3 for/IN/case/10 a/DT/det/10 full/JJ/amod/10 truce/NN/nmod/3 ././punct/2",
            "calls by the guild for a full truce",
            "proposed",
            ("guild",),
            None,
        ),
    ],
)
def test_what_makes_a_step(
    sentence: str, text: str, status: str, owners: tuple[str, ...], iso: str | None
) -> None:
    """A step is cut out as a clause, with the status that its words give it and the date that is its own."""
    doc, found = steps(sentence)
    assert [(words(doc, s).rstrip("."), s.status, s.owners, s.date) for s in found] == [
        (text.rstrip("."), status, owners, iso)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The/DT/det/2 mayor/NN/nsubj/3 visited:visit/VBD/root/0 the/DT/det/5 harbour/NN/obj/3 on/IN/case/7"
        " Monday/NNP/obl/3 ././punct/3",
        "The/DT/det/2 mayor/NN/nsubj/5 would/MD/aux/5 have/VB/aux/5 resigned:resign/VBN/root/0 in/IN/case/7"
        " May/NNP/obl/5 ././punct/5",
        "The/DT/det/2 mayor/NN/nsubj/4 had:have/VBD/aux/4 hinted:hint/VBN/root/0 she/PRP/nsubj/7"
        " might/MD/aux/7"
        " resign/VB/ccomp/4 ././punct/4",
        "The/DT/det/2 tower/NN/nsubj/6 would/MD/aux/6 be/VB/cop/6 the/DT/det/6 tallest:tall/JJS/root/0"
        " in/IN/case/9"
        " the/DT/det/9 world/NN/obl/6 ././punct/6",
        "The/DT/det/2 mayor/NN/nsubj/4 would/MD/aux/4 beat/VB/root/0 the/DT/det/6 senate/NN/obj/4"
        " ././punct/4",
        "Will/MD/aux/4 the/DT/det/3 mayor/NN/nsubj/4 run/VB/root/0 again/RB/advmod/4 ?/./punct/4",
        "The/DT/det/2 mayor/NN/nsubj/3 declined:decline/VBD/root/0 to/TO/mark/5 threaten/VB/xcomp/3"
        " the/DT/det/7"
        " guild/NN/obj/5 ././punct/3",
    ],
)
def test_what_is_no_step(sentence: str) -> None:
    """What is past, hypothetical, asked, hinted long ago, or a mere effect is no step."""
    assert steps(sentence)[1] == ()


def test_who_urges_not_to_act_tells_no_step() -> None:
    """ "Asked them not to raise fees" weighs less than "asked them to raise fees"."""
    asked = (
        "The/DT/det/2 council/NN/nsubj/3 asked:ask/VBD/root/0 the/DT/det/5 banks:bank/NNS/obj/3"
        " {0}to/TO/mark/{1}"
        " raise/VB/xcomp/3 fees:fee/NNS/obj/{1} ././punct/3"
    )
    assert len(steps(asked.format("", 7), actors=("banks",))[1]) == 1
    assert steps(asked.format("not/RB/advmod/8 ", 8), actors=("banks",))[1] == ()


def test_the_clause_that_only_frames_a_step_is_cut_off() -> None:
    """What had happened before a demand is not part of it."""
    doc, found = steps(
        "The/DT/det/2 mayor/NN/nsubj/3 called:call/VBD/root/0 for/IN/case/6 a/DT/det/6 meeting/NN/obl/3"
        " with/IN/case/9"
        " the/DT/det/9 unions:union/NNS/nmod/6 after/IN/mark/13 the/DT/det/12 strike/NN/nsubj/13"
        " ended:end/VBD/advcl/3"
        " without/IN/case/16 a/DT/det/16 deal/NN/obl/13 ././punct/3"
    )
    assert [words(doc, s) for s in found] == ["The mayor called for a meeting with the unions"]


def test_two_clauses_are_two_steps_with_a_date_each() -> None:
    """A coordinated clause with a subject of its own is a step of its own."""
    doc, found = steps(
        "The/DT/det/2 senate/NN/nsubj/4 will/MD/aux/4 vote/VB/root/0 on/IN/case/6 Tuesday/NNP/obl/4"
        " and/CC/cc/11"
        " the/DT/det/9 mayor/NN/nsubj/11 will/MD/aux/11 sign/VB/conj/4 the/DT/det/13 bill/NN/obj/11"
        " on/IN/case/15"
        " Friday/NNP/obl/11 ././punct/4"
    )
    assert [(words(doc, s).rstrip("."), s.date) for s in found] == [
        ("The senate will vote on Tuesday", "2024-07-23"),
        ("the mayor will sign the bill on Friday", "2024-07-19"),
    ]


def test_what_goes_on_without_a_subject_is_the_same_step() -> None:
    """ "Will sign … and will open …" is one step, in the words of both."""
    doc, found = steps(
        "The/DT/det/2 mayor/NN/nsubj/4 will/MD/aux/4 sign/VB/root/0 the/DT/det/6 lease/NN/obj/4 and/CC/cc/9"
        " will/MD/aux/9 open/VB/conj/4 the/DT/det/11 pool/NN/obj/9 ././punct/4"
    )
    assert [words(doc, s).rstrip(".") for s in found] == [
        "The mayor will sign the lease and will open the pool"
    ]


def test_a_concession_may_tell_a_step_and_a_reason_none() -> None:
    """ "…, though she may resign" tells of a step, "…, because she may resign" only why."""
    sentence = (
        "Friends:friend/NNS/nsubj/2 waited:wait/VBD/root/0 ,/,/punct/2 {}/IN/mark/8 the/DT/det/6"
        " mayor/NN/nsubj/8 may/MD/aux/8 resign/VB/advcl/2 ././punct/2"
    )
    assert [s.status for s in steps(sentence.format("though"))[1]] == ["possible"]
    assert steps(sentence.format("because"))[1] == ()


def test_a_deed_demanded_in_a_quote_is_a_step() -> None:
    """ "The guild must be dissolved" is a demand, even where the parse takes "dissolved" for an adjective."""
    sentence = (
        "The/DT/det/2 guild/NN/nsubj/5 must/MD/aux/5 be/VB/cop/5 dissolved:dissolve/VBN/root/0"
        " without/IN/case/7 delay/NN/obl/5 ././punct/5"
    )
    quote = Quote("mayor", "the mayor", ((0, len(parsed(sentence).text)),))
    _, found = steps(sentence, quotes=[quote])
    assert [(s.status, s.owners) for s in found] == [("proposed", ("guild",))]


def test_the_same_step_said_twice_is_one() -> None:
    """Of two wordings of one act the surer, dated one is kept."""
    once = (
        "The/DT/det/2 mayor/NN/nsubj/4 will/MD/aux/4 close/VB/root/0 the/DT/det/7 north/NN/compound/7"
        " pool/NN/obj/4"
    )
    _, found = steps(once + " ././punct/4", once + " on/IN/case/9 Friday/NNP/obl/4 ././punct/4")
    assert [s.date for s in found] == ["2024-07-19"]


def test_the_reporter_is_cut_off_and_owns_what_the_passive_announces() -> None:
    """ "A report will be published, the agency said": the step is the clause, the agency's."""
    sentence = (
        "A/DT/det/2 report/NN/nsubj:pass/5 will/MD/aux/5 be/VB/aux:pass/5 published:publish/VBN/ccomp/11"
        " next/JJ/amod/7"
        " week/NN/obl:unmarked/5 ,/,/punct/11 the/DT/det/10 agency/NN/nsubj/11 said:say/VBD/root/0"
        " ././punct/11"
    )
    text = parsed(sentence).text
    content = (0, text.index(","))
    source = (text.index("the agency"), text.index(" said"))
    attribution = Attribution((source,), ((source[1] + 1, source[1] + 5),), (content,), "indirect", "agency")
    doc, found = steps(sentence, attributions=[attribution])
    assert [(words(doc, s), s.owners, s.date) for s in found] == [
        ("A report will be published next week", ("agency",), "2024-07")
    ]


def test_we_in_a_quote_is_the_speaker() -> None:
    """In direct speech "we" are whoever speaks."""
    sentence = (
        "We/PRP/nsubj/3 will/MD/aux/3 close/VB/root/0 the/DT/det/5 pool/NN/obj/3 on/IN/case/7"
        " Friday/NNP/obl/3"
        " ././punct/3"
    )
    quote = Quote("council", "the council", ((0, len(parsed(sentence).text)),))
    _, found = steps(sentence, quotes=[quote])
    assert [s.owners for s in found] == [("council",)]


def test_what_we_will_do_weighs_more_than_what_will_be() -> None:
    """ "We will take it to the senate", in a quote of somebody known, is a pledge."""
    sentence = (
        "We/PRP/nsubj/3 will/MD/aux/3 take/VB/root/0 the/DT/det/5 lease/NN/obj/3 to/IN/case/8 the/DT/det/8"
        " senate/NN/obl/3 ././punct/3"
    )
    quote = Quote("guild", "the guild", ((0, len(parsed(sentence).text)),))
    _, found = steps(sentence, quotes=[quote])
    assert [(s.status, s.owners) for s in found] == [("planned", ("guild",))]
    assert steps(sentence.replace("We/", "It/"), quotes=[quote])[1] == ()


def test_both_sides_are_the_pair_that_was_named() -> None:
    """ "The negotiators" and "both sides" are the two that talks are between."""
    talks = (
        "Talks:talk/NNS/nsubj/6 between/IN/case/3 Tarn/NNP/nmod/1 and/CC/cc/5 Vell/NNP/conj/3"
        " ended:end/VBD/root/0"
        " ././punct/6"
    )
    agreed = (
        "{0}Negotiators:negotiators/NNS/nsubj/{1} agreed:agree/VBD/root/0 to/TO/mark/{2} close/VB/xcomp/{1}"
        " the/DT/det/{3} port/NN/obj/{2} ././punct/{1}"
    )
    _, found = steps(talks, agreed.format("", 2, 4, 6), actors=("tarn", "vell"))
    assert [s.owners for s in found] == [("tarn", "vell")]
    _, found = steps(talks, agreed.format("Norse/JJ/amod/2 ", 3, 5, 7), actors=("tarn", "vell"))
    assert not any(s.owners for s in found)


def test_a_clause_of_time_is_a_when_without_a_date() -> None:
    """ "Once the deal closes" tells when, but no date."""
    doc, found = steps(
        "The/DT/det/2 mayor/NN/nsubj/4 will/MD/aux/4 leave/VB/root/0 the/DT/det/6 council/NN/obj/4"
        " once/IN/mark/10"
        " the/DT/det/9 deal/NN/nsubj/10 closes:close/VBZ/advcl/4 ././punct/4"
    )
    (step,) = found
    assert step.when is not None
    assert (doc.text[slice(*step.when)], step.date) == ("once the deal closes", None)


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        (
            "The/DT/det/2 mayor/NN/nsubj/3 is:be/VBZ/ROOT/0 due/JJ/acomp/3 to/TO/aux/6 speak/VB/xcomp/4"
            " on/IN/prep/6"
            " Friday/NNP/pobj/7 ././punct/3",
            "scheduled",
        ),
        (
            "The/DT/det/2 unions:union/NNS/nsubj/3 urged:urge/VBD/ROOT/0 the/DT/det/5 mayor/NN/nsubj/7"
            " to/TO/aux/7"
            " delay/VB/ccomp/3 the/DT/det/9 vote/NN/dobj/7 ././punct/3",
            "proposed",
        ),
        (
            "The/DT/det/2 pool/NN/nsubjpass/5 will/MD/aux/5 be/VB/auxpass/5 closed:close/VBN/ROOT/0"
            " by/IN/agent/5"
            " the/DT/det/8 council/NN/pobj/6 on/IN/prep/5 Friday/NNP/pobj/9 ././punct/5",
            "scheduled",
        ),
    ],
)
def test_other_pipelines_labels(sentence: str, status: str) -> None:
    """The labels of spaCy's own English pipelines are read as well."""
    _, found = steps(sentence.replace("/ROOT/", "/root/"))
    assert [(s.status, len(s.owners)) for s in found] == [(status, 1)]


def test_real_prose(nlp) -> None:  # type: ignore[no-untyped-def]
    """On the embedded model: the steps of a short report, in order, past events left out."""
    doc = nlp(
        "The harbour board voted on Tuesday to sell the ferry. The sale will be completed by the end of"
        " September,"
        " its chairman, Ole Brandt, said. Brandt said he would resign on Friday. The union called on the"
        " board to"
        " keep the crew. The ferry was built in 1987."
    )
    found = find_next_steps(doc, Names(doc, "brandt", "board", "union"), TODAY)
    assert [(s.status, s.date) for s in found] == [
        ("planned", "2024-09"),
        ("scheduled", "2024-07-19"),
        ("proposed", None),
    ]


def test_what_belongs_to_an_actor_is_its_own_to_do() -> None:
    """ "The mayor's veto is expected on Friday": an act is owned by whom it belongs to."""
    _, found = steps(
        "The/DT/det/2 mayor/NN/nmod:poss/4 's/POS/case/2 veto/NN/nsubj:pass/6 is:be/VBZ/aux:pass/6"
        " expected:expect/VBN/root/0 on/IN/case/8 Friday/NNP/obl/6 ././punct/6"
    )
    assert [step.owners for step in found] == [("mayor",)]


def test_a_dated_infinitive_is_a_step_of_whoever_governs_it() -> None:
    """ "Has permission to build the pier on Friday" has no word of the lists, but a date ahead."""
    doc, found = steps(
        "The/DT/det/2 mayor/NN/nsubj/3 has:have/VBZ/root/0 permission/NN/obj/3 to/TO/mark/6 open/VB/acl/4"
        " the/DT/det/8 pier/NN/obj/6 on/IN/case/10 Friday/NNP/obl/6 ././punct/3"
    )
    assert [(step.owners, step.date) for step in found] == [(("mayor",), "2024-07-19")]
    assert "open the pier on Friday" in words(doc, found[0])


def test_what_the_rules_are_sure_of_weighs_more() -> None:
    assert judge(["cue"], 0.8) > judge(["cue"], 0.5) > judge(["cue"], 0.3) == judge(["cue"], 0.0)


def test_what_a_demand_is_for_is_proposed() -> None:
    """ "One demand was for the mayor to close the pier by Friday": the mayor has planned nothing."""
    _, found = steps(
        "One/CD/nummod/2 demand/NN/nsubj/8 was:be/VBD/cop/8 for/IN/mark/8 the/DT/det/6 mayor/NN/nsubj/8"
        " to/TO/mark/8 close/VB/root/0 the/DT/det/10 pier/NN/obj/8 on/IN/case/12 Friday/NNP/obl/8 ././punct/8"
    )
    assert [(step.status, step.owners) for step in found] == [("proposed", ("mayor",))]


VISIT = (
    "Crowds:crowd/NNS/nsubj/2 cheered:cheer/VBD/root/0 ahead/RB/advmod/2 of/IN/case/8 the/DT/det/8"
    " mayor/NN/nmod:poss/8 's/POS/case/6 visit/NN/obl/2 next/JJ/amod/10 Friday/NNP/nmod/8 ././punct/2"
)


def candidates(sentence: str, start: int, end: int) -> tuple[Doc, list[Candidate]]:
    """The candidates of a sentence of which the model's head reads the tokens from start to end as a step."""
    doc = parsed(sentence)
    shares = tuple(0.9 if start <= i < end else 0.01 for i in range(len(doc)))
    doc._.ahead = Stated(((start, end, 0.9),), shares)
    return doc, find_candidates(doc, Names(doc, "mayor", "crowds"), TODAY)


def test_what_no_clause_tells_the_model_may_read_as_a_step() -> None:
    """ "The mayor's visit next Friday" has no verb: its own time dates it, its possessor owns it."""
    doc, found = candidates(VISIT, 4, 10)
    step = next(each.step for each in found if "route stretch" in each.features)
    assert words(doc, step) == "the mayor's visit next Friday"
    assert (step.status, step.owners, step.date) == ("scheduled", ("mayor",), "2024-07-19")


def test_a_verb_that_nothing_marks_is_weighed_where_the_model_reads_a_step() -> None:
    doc, found = candidates(VISIT, 0, 3)
    assert "route uncued" in next(each.features for each in found if "cheer" in words(doc, each.step))
    assert candidates(VISIT, 4, 10)[1] != found


@pytest.mark.parametrize("negated", [True, False])
def test_who_is_asked_not_to_act_has_no_step(negated: bool) -> None:
    """ "Urged the guild not to strike" asks for nothing that will be done."""
    word = "not" if negated else "then"
    _, found = steps(
        "The/DT/det/2 mayor/NN/nsubj/3 urged:urge/VBD/root/0 the/DT/det/5 guild/NN/obj/3"
        f" {word}/RB/advmod/8 to/TO/mark/8 strike/VB/xcomp/3 on/IN/case/10 Friday/NNP/obl/8 ././punct/3"
    )
    assert (found == ()) is negated


def test_a_decision_that_has_had_its_effect_is_no_step() -> None:
    """ "The decision to close the pool had angered the council": what was decided is behind the article."""
    _, found = steps(
        "The/DT/det/3 mayor/NN/compound/3 plan/NN/nsubj/9 to/TO/mark/5 close/VB/acl/3 the/DT/det/7"
        " pool/NN/obj/5 had:have/VBD/aux/9 angered:anger/VBN/root/0 the/DT/det/11 council/NN/obj/9"
        " ././punct/9"
    )
    assert found == ()
