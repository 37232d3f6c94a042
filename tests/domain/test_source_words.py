"""Words that may give a source away: what is warned about, and what is let pass."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.source_words import SANITISATION, findings, warning

GIVES_AWAY = [
    ("covert-source", "The informant states that ORTON keeps cash in the loft."),
    ("covert-source", "CHIS reporting shows a delivery on Friday."),
    ("covert-source", "A covert human intelligence source has met the group."),
    ("covert-source", "DSU hold further detail on this."),
    ("covert-source", "The source handler can be reached through the desk."),
    ("covert-source", "An undercover officer bought two wraps from MARLOW."),
    ("covert-source", "A police informer saw the firearm."),
    ("source-mentioned", "Source states that the line holder is away."),
    ("source-mentioned", "A reliable source puts TARN at the address."),
    ("source-mentioned", "The source has known TARN since school."),
    ("source-mentioned", "This comes from the same source as before."),
    ("source-mentioned", "A source close to the family puts the gun in the shed."),
    ("caller", "A Crimestoppers caller gave the registration."),
    ("caller", "An anonymous letter named the stash house."),
    ("caller", "Caller states that cars come and go at night."),
    ("caller", "A whistleblower at the haulage firm gave the dates."),
    ("first-person", "The bags are taken past my window at night."),
    ("first-person", "I saw ORTON put the bag in the boot."),
    ("first-person", "I was told that the guns are moved on Sundays."),
    ("first-person", "ORTON told me he had a firearm."),
    ("first-person", "We live two doors from the cuckooed flat."),
    ("who-said-it", "My neighbour told the police about the visitors."),
    ("who-said-it", "He told his girlfriend, who told her mother about the gun."),
    ("who-said-it", "ORTON's brother says the money is buried."),
    ("who-said-it", "His ex-partner Kelly disclosed where the phones are kept."),
    ("who-said-it", "According to his cousin the shipment is due in June."),
    ("who-said-it", "Neighbours reported hearing three shots."),
    ("who-said-it", "ORTON bragged to his cellmate about the robbery."),
    ("who-said-it", "MARLOW was told by his uncle that police are watching."),
    ("who-said-it", "His sister-in-law overheard the plan."),
    ("who-said-it", "A prison officer at Gartree said he has a phone."),
    ("who-said-it", "A family member has told officers where he sleeps."),
    ("who-said-it", "ORTON’s landlord saw scales in the kitchen."),
    ("few-know", "Only ORTON and MARLOW knew of the lock-up."),
    ("few-know", "The address is known only to the two brothers."),
    ("few-know", "He admitted this in confidence after the funeral."),
    ("few-know", "Nobody else was present when the price was agreed."),
    ("vantage", "A woman who lives opposite notes the plates."),
    ("vantage", "He was seen counting money from her bedroom window."),
    ("vantage", "They could be heard arguing through the party wall."),
    ("anonymity", "The person wishes to remain anonymous."),
    ("anonymity", "She does not want to be identified."),
    ("anonymity", "He is fearful of being identified by the group."),
    ("named-as-informing", "TARN thinks MARLOW is a grass."),
    ("named-as-informing", "The group believes that he grassed on them."),
    ("named-as-informing", "ORTON has been talking to the police."),
    ("named-as-informing", "MARLOW was called a snitch in the message."),
    ("who-said-it", "Information was received from ORTON's wife about the lock-up."),
    ("who-said-it", "The aunt of MARLOW reports that he has a gun."),
    ("who-said-it", "MARLOW's sister Jade has said he is back in Leeds."),
    ("caller", "The reporting person is a neighbour of the nominal."),
    ("who-said-it", "A friend of ORTON states he deals from the gym."),
    ("who-said-it", "TARN confided in his girlfriend that he shot him."),
    ("who-said-it", "TARN told his girlfriend he shot him."),
    ("who-said-it", "It was overheard by a barmaid at the Red Lion."),
    ("who-said-it", "A prisoner on the same wing says ORTON runs the drugs."),
    ("covert-source", "The informant's identity is not to be disclosed."),
    ("who-said-it", "A resident of Mill Lane complained of dealing from number 4."),
    ("first-person", "My mate works there and he told me about it."),
    ("first-person", "I'm scared he will find out."),
    ("vantage", "We heard them through the wall."),
    ("vantage", "The person lives next door and sees cars daily."),
    ("who-said-it", "SMITH's ex gave police the phone number."),
    ("who-said-it", "His probation officer said that he missed two appointments."),
    ("who-said-it", "An employee at the garage stated the cars are cloned."),
    ("who-said-it", "A delivery driver told police about the smell."),
    ("who-said-it", "The child told her teacher that men come at night."),
    ("who-said-it", "A pupil disclosed to a teacher that she carries drugs."),
    ("source-mentioned", "Intelligence from a source inside the gang."),
    ("who-said-it", "A person within the OCG has said the load is late."),
    ("covert-source", "Reporting from a CHIS suggests the plot is live."),
    ("source-mentioned", "Source reporting indicates a conflict with the Hollins Lane group."),
    ("source-mentioned", "The source believes that the firearm is loaded."),
    ("who-said-it", "MARLOW's step-brother told officers about the stash."),
    ("who-said-it", "Her mum said he comes home at dawn."),
    ("who-said-it", "Someone close to ORTON has disclosed the plan."),
    ("who-said-it", "The information was provided by his landlady."),
    ("who-said-it", "A neighbour at number 12 says cars stop for seconds."),
    ("who-said-it", "His employer confirmed that he was at work."),
    ("who-said-it", "TARN told his cellmate that he would be out soon."),
    ("first-person", "I live in the same block and see it all."),
    ("first-person", "He said to me that he can get guns."),
    ("anonymity", "They do not wish to be identified."),
    ("covert-source", "ORTON suspects that TARN is an informant."),
    ("who-said-it", "An ex-girlfriend of MARLOW revealed the safe's code."),
    ("who-said-it", "A nurse at the clinic reported the injury."),
    ("few-know", "Only his brother and TARN know where it is."),
    ("who-said-it", "According to a friend of the family, he fled."),
    ("named-as-informing", "MARLOW suspects his driver is talking to police."),
    ("covert-source", "A covert officer was offered a kilo."),
]

PASSES = [
    "ORTON is the source of the firearms in Tarnbrook.",
    "The group's main source of income is cocaine.",
    "Open source research shows a new company.",
    "Open source reports put the vessel in Antwerp.",
    "The source country is likely to be Albania.",
    "The source is thought to be a port in Spain.",
    "ORTON told his brother to collect the parcel.",
    "His brother told him to move the car.",
    "MARLOW's partner is TARN; they live at the address.",
    "His brother is said to run the line.",
    "The brother reports to ORTON and runs the phones.",
    "Partner agencies reported no trace.",
    "JONES and SMITH share a cell at the same prison.",
    "ORTON threw the bag from his bedroom window.",
    "Police were informed of the collision.",
    "The dog handler found a package in the grass.",
    "They sell grass and tablets from the van.",
    "The grass verge by the lay-by is the drop.",
    "The money was found in the grass.",
    'The mass text read "I got the good stuff, ring me".',
    "The message said “my brother will drop it, told me 5pm”.",
    "Phase I of the operation ended in May.",
    "DSU Marsh chairs the meeting.",
    "The line holder rang the customers every morning.",
    "His mother lives in Leeds and owns two cars.",
    "ORTON visited his uncle and his cousin in Bradford.",
    "The landlord of the short let is a company.",
    "The accountant set up three companies for the group.",
    "Officers saw ORTON leave the flat.",
    "CCTV showed MARLOW at the cash machine.",
    "ORTON uses a 2014 Ford Transit and lives at Mill Lane.",
    "A Crimestoppers appeal is planned for the area.",
    "The controllers can no longer supply on that number.",
    "The group has a power source for the cannabis farm.",
    "They use encrypted messages to avoid being identified.",
    "ORTON supplies his friend with cocaine.",
    "Confidential waste was taken from the site.",
    "ORTON spoke to the solicitor after arrest.",
    "The barber shop is used to launder cash.",
    "Witness support is in place for the trial.",
    "MARLOW heard that the price had risen.",
    "Rats were found at the premises.",
    "ORTON has a girlfriend in Leeds whom he visits at weekends.",
    "ORTON's cousin MARLOW drives the Transit.",
    "TARN directs his brother to launder cash through the shop.",
    "The group's source of supply is a wholesaler in Liverpool.",
    "TARN asked his mother to hold the money.",
    "ORTON's phone contacted MARLOW's phone on 12 May.",
    "Officers attended and saw two males leave.",
    "MARLOW was informed of his rights.",
    "The shop owner is MARLOW's uncle.",
    "The line is advertised by mass text.",
    "His wife is the director of the company.",
    "ORTON works with TARN and controls the line.",
    "His partner reported him missing on 3 May.",
    "A member of the public found the firearm.",
    "The children live with their grandmother.",
    "MARLOW told TARN to bring the cash.",
    "ORTON calls himself the boss.",
    "The boss of the OCG is ORTON.",
    "The neighbour dispute led to an assault.",
    "ORTON had been told to pay his drug debt.",
    "The debt was reported to be 5,000 pounds.",
    "ORTON confirmed the price by message.",
    "The driver said to be TARN left at 10.",
    "The source code of the malware was shared.",
    "The landlord evicted the tenants in June.",
    "His solicitor attended the interview.",
    "ORTON's brother was seen in the car.",
    "ORTON and his wife saw the property in March.",
    "ORTON is assessed to be the principal of the group.",
    "MARLOW's brother-in-law owns the garage.",
    "TARN pays his mother's rent.",
    "The firearm was recovered from the home of his girlfriend.",
    "ORTON stays with his aunt in Derby at weekends.",
    "MARLOW instructed his driver to wait.",
    "The line rebranded after the arrests.",
    "Teachers at the school have received training.",
    "The landlord will be contacted by the council.",
    "ORTON told TARN that the price had gone up.",
    "TARN said in messages that he would meet at 8.",
    "ORTON stated in interview that he had no comment.",
    "The sources of the cash have not been traced.",
    "Source: police database.",
    "His father and his uncle were convicted in 2019.",
    "The group uses children to carry drugs.",
    "The nominal was stopped with his cousin in a hire car.",
    "A customer of the line overdosed in March.",
    "The prisoner was moved to another wing.",
    "Officers heard shouting and forced entry.",
    "He sent his solicitor a letter.",
    "The solicitor acts for both companies.",
    "She is a carer and lives with her parents.",
]


@pytest.mark.parametrize(("code", "text"), GIVES_AWAY, ids=[text for _, text in GIVES_AWAY])
def test_a_sentence_that_may_give_a_source_away_is_warned_about(code: str, text: str):
    assert code in {one.code for one in findings(text)}


@pytest.mark.parametrize("text", PASSES)
def test_an_ordinary_sentence_is_let_pass(text: str):
    assert [(one.code, one.text) for one in findings(text)] == []


def test_a_finding_says_where_it_is_and_why():
    text = "On Friday the informant met ORTON."
    (found,) = findings(text)
    assert text[found.start : found.end] == found.text == "informant"
    assert found.words == "This names a covert source or those who run one"


def test_a_chain_of_tellers_is_found_link_by_link_in_order():
    text = "He told his girlfriend, who told her mother, who told a neighbour about the gun."
    found = findings(text)
    assert len(found) >= 2
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_the_warning_names_each_reason_once_and_nothing_where_there_is_nothing():
    said = warning(findings("CHIS said so. The CHIS was told by his brother.")) or ""
    assert said.count("covert source") == 1
    assert "relation or acquaintance" in said
    assert warning(findings("ORTON owns a van.")) is None


def test_every_reason_is_shown_by_an_example_and_there_are_questions_to_ask():
    assert {code for code, _ in GIVES_AWAY} == {item.code for item in code_list("source-words")}
    assert all(question.endswith((".", "?")) for question in SANITISATION)


def test_a_long_report_is_read_in_less_than_the_blink_of_an_eye():
    text = "ORTON told the group that his cousin's neighbour was away, " * 400
    start = time.perf_counter()
    findings(text)
    assert time.perf_counter() - start < 2


@given(st.text(max_size=200))
def test_findings_never_overlap_and_always_quote_the_text(text: str):
    reached = 0
    for one in findings(text):
        assert reached <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        reached = one.end
