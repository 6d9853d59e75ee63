"""Sentences in the manner of casualty reports, and the quantities that a coder reads in them."""

import pytest

from verify.ingest.facts import facts_of

READ = [
    (
        "At least 31 civilians were killed in a strike on a market in Hodeidah, medics said.",
        "31- killed",
    ),
    ("As many as 40 recruits died when a suicide bomber struck a camp in Mogadishu.", "-40 killed"),
    (
        "Up to 200 Russian soldiers were killed in the attack on Makiivka, Kyiv claimed.",
        "-200 killed",
    ),
    (
        "No fewer than 60 villagers were abducted by gunmen in Zamfara state on Friday.",
        "60- captured",
    ),
    (
        "Between 12 and 15 Taliban fighters were killed overnight in Helmand, the governor said.",
        "12-15 killed",
    ),
    (
        "The raid left 12 to 15 insurgents dead, according to the ministry of defence.",
        "12-15 killed",
    ),
    ("Some 200 families fled the Blue Nile region after clashes.", "200 displaced"),
    ("More than a dozen soldiers were wounded by a roadside bomb near Gao.", "13- wounded"),
    ("Scores of people drowned when the boat capsized off Libya.", "40- killed"),
    ("Dozens of houses were destroyed in the shelling of Bakhmut.", "24- destroyed"),
    ("Hundreds of protesters were arrested in Khartoum, activists said.", "200- captured"),
    ("A couple of shepherds were wounded by a landmine in Taiz province.", "2 wounded"),
    ("Two-thirds of the town has been destroyed, the mayor of Marinka said.", ""),
    (
        "The ministry said 1,200 prisoners had been captured since the offensive began.",
        "1200 captured",
    ),
    ("Some 1.2 million people have been displaced in Darfur, the UN says.", "1200000 displaced"),
    ("The army said 1 200 militants were killed in the operation.", "1200 killed"),
    (
        "Three soldiers and five civilians were killed in the ambush in Menaka.",
        "3 killed; 5 killed",
    ),
    ("A family of six was killed when a shell hit their home in Rafah.", "6 killed"),
    ("An air strike killed 17 people, including five children, in Saada.", "17 killed; 5 killed"),
    (
        "A car bomb exploded outside a hotel in Kismayo, killing four and wounding 11.",
        "4 killed; 11 wounded",
    ),
    ("The death toll rose to 45 from 38 after more bodies were found.", "45 killed; 38 killed"),
    (
        "The National Resistance Front said 85 Taliban fighters were killed in Panjshir.",
        "85 killed",
    ),
    ("Killed: 12; injured: 30.", "12 killed; 30 wounded"),
    ("Kabul mosque blast: 12 dead, 30 hurt", "12 killed; 30 wounded"),
    ("The separatists lost 20 men in the assault on Avdiivka.", "20 killed"),
    ("One of the two pilots was killed and the other ejected safely.", "1 killed; 2 other"),
    ("Nobody was hurt in the drone attack on the Engels airbase.", "0 wounded"),
    ("There were no casualties, the governor of Belgorod said.", "0 other"),
    ("The fighting lasted two days and left 14 people dead.", "14 killed"),
    (
        "Ukrainian troops destroyed a T-72 tank and three armoured vehicles near Izium.",
        "3 destroyed",
    ),
    ("The convoy was hit 5 km south of Tigray's capital and nine aid workers died.", "9 killed"),
    ("Resolution 2254 calls for a ceasefire that would spare 10,000 people.", "10000 other"),
    (
        "On March 3 at 3 a.m. the 4th brigade shelled the town and wounded seven civilians.",
        "7 wounded",
    ),
    ("A MiG-29 was shot down and two crew members are missing.", "2 missing"),
    (
        "Gunmen armed with AK-47 rifles kidnapped 73 students from a school in Katsina.",
        "73 captured",
    ),
    ("About 80 percent of the buildings were damaged and $4 million was lost.", ""),
    (
        "Israeli air strikes on Gaza killed 24 Palestinians, nine of them children, the health "
        "ministry said.",
        "24 killed; 9 killed",
    ),
    (
        "The Houthis said they had captured 2,000 soldiers and killed 500 others.",
        "2000 captured; 500 killed",
    ),
    ("Thousands of civilians are trapped in El Fasher.", "2000- other"),
    (
        "RSF fighters killed at least 100 people, including 20 children and nine medics, in "
        "Zamzam camp.",
        "100- killed; 20 killed; 9 killed",
    ),
    ("Ukraine says it has shot down 12 of 15 drones launched overnight.", "12 destroyed; 15 other"),
    (
        "Russia's defence ministry claimed that more than 300 Ukrainian servicemen had been "
        "eliminated.",
        "301- killed",
    ),
    ("Twenty-two people were burnt to death when a tanker exploded.", "22 killed"),
    ("The hospital received 35 bodies and 120 wounded people.", "35 killed; 120 wounded"),
    ("Eight worshippers were shot dead in a mosque in Paktia.", "8 killed"),
    (
        "Jihadists executed 41 villagers in Solhan, the governor said, while 16 others are "
        "unaccounted for.",
        "41 killed; 16 missing",
    ),
    ("The blast claimed the lives of six people and injured another 13.", "6 killed; 13 wounded"),
    ("The toll stands at 62 dead and more than 150 wounded.", "62 killed; 151- wounded"),
    ("Less than 10 fighters remained in the pocket.", "-9 force_size"),
    ("Over 5,000 troops have been deployed along the border.", "5001- force_size"),
    (
        "Rescuers pulled 19 survivors from the rubble; 27 residents are still missing.",
        "19 other; 27 missing",
    ),
    ("Nearly 400,000 people have fled their homes in Cabo Delgado.", "400000 displaced"),
    ("Militants freed 25 hostages after holding them for 40 days.", "25 other"),
    (
        "A dozen homes were burned down in an attack on two villages in Ituri.",
        "12 destroyed; 2 other",
    ),
    ("12 people were killed: 7 men and 5 women.", "12 killed; 7 killed; 5 killed"),
    ("Three more victims died in hospital, bringing the total to 19.", "3 killed; 19 killed"),
    ("The regiment lost three tanks and ten men, a commander told AFP.", "3 destroyed; 10 killed"),
    ("Eleven of the wounded are in critical condition.", "11 wounded"),
    ("Neither of the two drivers was hurt.", "2 other"),
    ("Tens of thousands of residents were evacuated from Kherson.", "20000- displaced"),
    (
        "Shelling of Kherson left 16 dead and 64 injured on Christmas Eve, officials said.",
        "16 killed; 64 wounded",
    ),
    ("The Taliban handed over the bodies of 22 commandos to the Red Crescent.", "22 killed"),
    ("Seventeen fishermen have been missing since their vessel sank off Mokha.", "17 missing"),
    (
        "Israel said it killed about 50 gunmen inside the hospital and arrested 180 suspects.",
        "50 killed; 180 captured",
    ),
    ("More than 1,000 people have died of cholera in Yemen since April.", "1001- killed"),
    ("Officials in Kunduz put the number of wounded at 33.", "33 wounded"),
    (
        "At least nine people lost their lives in Monday's blast, and dozens were hurt.",
        "9- killed; 24- wounded",
    ),
    ("Janjaweed militiamen looted the market and burned some 300 shops.", "300 destroyed"),
    (
        "Ukrainian forces downed two Su-25 jets and a Ka-52 helicopter, the general staff said.",
        "2 destroyed",
    ),
    (
        "Mali's army said it had neutralised 65 terrorists and seized 30 motorcycles.",
        "65 killed; 30 captured",
    ),
    (
        "The attackers abducted eight women, two of whom were later found dead.",
        "8 captured; 2 killed",
    ),
    ("Two children, aged six and nine, were among those killed.", "2 killed"),
    (
        "The bombardment, which lasted six hours, killed 23 residents of the Jabalia camp.",
        "23 killed",
    ),
    ("Houthi rebels released 14 sailors captured in November.", "14 other"),
    (
        "A drone strike on a wedding party killed 15 guests, mostly women, and injured nearly "
        "70 others.",
        "15 killed; 70 wounded",
    ),
    ("The UN has verified 9,614 civilian deaths since February 2022.", "9614 killed"),
    (
        "Nineteen soldiers, a gendarme and four civilians were killed in the Inata attack.",
        "19 killed; 4 killed",
    ),
    ("Twelve Taliban surrendered in Ghor on Sunday.", "12 other"),
    (
        "Police opened fire on the crowd, killing three protesters and injuring at least 17 more.",
        "3 killed; 17- wounded",
    ),
    (
        "Nearly half a million people have been uprooted by the fighting in Tigray.",
        "500000 displaced",
    ),
    ("Rockets hit 18 apartment blocks, destroying four of them.", "18 other; 4 destroyed"),
    ("He said 40 to 50 fighters had been surrounded near Andarab.", "40-50 other"),
    (
        "Four peacekeepers were killed and ten others seriously wounded when their convoy hit a"
        " mine in Aguelhok.",
        "4 killed; 10 wounded",
    ),
    ("Rebels ambushed a patrol, leaving no survivors among the 11 soldiers.", "11 other"),
    ("The number of displaced people in Sudan has reached 7.1 million.", "7100000 displaced"),
    (
        "Some 30 Wagner mercenaries and 12 Malian troops were killed, the separatists claimed.",
        "30 killed; 12 killed",
    ),
    ("The strike, the third in two weeks, killed an imam and six pupils.", "6 killed"),
    ("Health workers counted 51 bodies in the streets of El Geneina.", "51 killed"),
    ("Not a single soldier was hurt, the spokesman said, while 5 militants died.", "5 killed"),
    (
        "Our fighters took 13 prisoners and destroyed five Humvees in Baghlan.",
        "13 captured; 5 destroyed",
    ),
    (
        "In the past 24 hours, 256 Palestinians have been killed and 404 wounded.",
        "256 killed; 404 wounded",
    ),
    ("A total of 3,500 fighters laid down their arms in Ituri.", "3500 other"),
    ("Twenty houses were razed to the ground in Kfar Kila.", "20 destroyed"),
    (
        "Ninety-two people were killed (58 men, 21 women and 13 children).",
        "92 killed; 58 killed; 21 killed; 13 killed",
    ),
    ("The ambush killed a colonel along with seven of his bodyguards.", "7 killed"),
    ("Four hundred and twenty prisoners of war were exchanged on Thursday.", "420 other"),
    (
        "The death toll from the Crocus attack has climbed to 139, with 182 injured.",
        "139 killed; 182 wounded",
    ),
    ("Fewer than 20 families remain in the village.", "-19 other"),
    (
        "The governor said about 15 houses had collapsed and 600 hectares of wheat burned.",
        "15 other",
    ),
    (
        "Three of the five suspects were killed in a shootout with Somali forces.",
        "3 killed; 5 other",
    ),
    ("Israeli tanks killed a family of seven in Khan Younis.", "7 killed"),
    (
        "Two 500-pound bombs hit the school sheltering 2,000 displaced people; 30 died.",
        "2000 displaced; 30 killed; 2 other",
    ),
    (
        "Boko Haram fighters on 20 motorbikes raided Kukawa, taking 9 girls hostage.",
        "20 other; 9 captured",
    ),
    ("A roadside bomb killed eleven members of one family in Uruzgan.", "11 killed; 1 other"),
    (
        "Fourteen people perished and upwards of 60 were hurt in the Odesa missile strike.",
        "14 killed; 60- wounded",
    ),
    (
        "RSF shelling of the Abu Shouk camp has killed 36 civilians and injured 97 more since "
        "Monday.",
        "36 killed; 97 wounded",
    ),
    (
        "Saudi-led warplanes hit a detention centre in Saada, killing at least 87 detainees.",
        "87- killed",
    ),
    ("The insurgents beheaded more than 50 people at a football pitch in Muidumbe.", "51- killed"),
    (
        "About 700 bodies are still under the rubble, the civil defence in Gaza estimates.",
        "700 killed",
    ),
    ("Six of the eight crew were rescued; two remain missing.", "6 other; 8 other; 2 missing"),
    (
        "No civilians were injured, the coalition said, though 9 insurgents were killed.",
        "0 wounded; 9 killed",
    ),
    (
        "Gunmen on motorcycles attacked Djibo, leaving ten policemen dead and two missing.",
        "10 killed; 2 missing",
    ),
    (
        "The Ukrainian army says Russia has lost 1,040 soldiers, 15 tanks and 32 artillery "
        "systems in the past day.",
        "1040 killed; 15 destroyed; 32 destroyed",
    ),
    ("Over 90,000 residents have fled Rafah in two days, UNRWA said.", "90001- displaced"),
    ("The Taliban captured 120 soldiers when the base at Bala Murghab fell.", "120 captured"),
    ("Activists said 18 demonstrators had been shot dead in Omdurman by snipers.", "18 killed"),
    (
        "Two suicide bombers blew themselves up at Kabul airport, killing 170 Afghans and 13 US"
        " troops.",
        "2 other; 170 killed; 13 killed",
    ),
    ("The army chief denied that 200 conscripts had deserted.", "200 other"),
    (
        "In the village of Tolwad, 12 huts were set ablaze and 40 cattle stolen.",
        "12 destroyed; 40 other",
    ),
    (
        "Medical sources counted 8 martyrs and 25 wounded in the bombing of Nuseirat.",
        "8 killed; 25 wounded",
    ),
    ("It was the deadliest attack since 2019, when 53 soldiers died in Indelimane.", "53 killed"),
    ("Residents buried 20 people in a mass grave on Sunday.", "20 other"),
    (
        "The minister put the losses at 17 dead, 29 wounded and one missing.",
        "17 killed; 29 wounded; 1 missing",
    ),
    ("Hamas took about 240 hostages during the October 7 attack.", "240 captured"),
    ("Some 60 houses and three schools were levelled in the strikes.", "60 destroyed; 3 destroyed"),
    ("The ship sank with 40 sailors aboard, and 27 are unaccounted for.", "40 other; 27 missing"),
    (
        "Mr Massoud's men say they killed 'dozens' of Taliban and took 30 captive.",
        "24- killed; 30 captured",
    ),
    ("Air defence units intercepted 31 of 36 Shahed drones.", "31 other; 36 other"),
    ("The clash at the Tajik border left one guard dead and three wounded.", "1 killed; 3 wounded"),
    ("At least two dozen traders were kidnapped on the road to Diffa.", "24- captured"),
    ("A landmine killed 3 children playing near Marib, aged 7, 9 and 11.", "3 killed"),
    (
        "The number of people killed in Monday's strike has risen to 28, among them four "
        "paramedics.",
        "28 killed; 4 killed",
    ),
    ("It added that 5,000 to 7,000 families had left Kunduz.", "5000-7000 other"),
    ("Turkey said 15 PKK members had been 'neutralised' in northern Iraq.", "15 killed"),
    ("Not more than 30 fighters took part in the raid.", "-30 other"),
    ("The two sides exchanged 75 prisoners each.", "75 other; 2 other"),
    ("Eyewitnesses saw 3 armoured vehicles burning on the bridge.", "3 destroyed"),
    (
        "Four hundred Taliban fighters have been killed in four days, the Interior Ministry "
        "claimed.",
        "400 killed",
    ),
    ("One policeman died on the spot and another succumbed to his injuries.", "1 killed"),
    (
        "Thirty-one worshippers, most of them Hazaras, died when a bomber struck a Shia mosque.",
        "31 killed",
    ),
    (
        "The avalanche of fire destroyed 80% of Vovchansk and drove out 17,000 inhabitants.",
        "17000 other",
    ),
    (
        "Six Palestinians, three of them teenagers, were shot dead by Israeli forces in Jenin.",
        "6 killed; 3 killed",
    ),
    ("Death toll in Pakistan mosque bombing hits 100", "100 killed"),
    (
        "Bandits slaughtered scores of cattle herders and abducted an unknown number of women.",
        "40- killed",
    ),
    ("Houthi missile hits Marib mosque: 22 killed, among them women", "22 killed"),
    (
        "Ukraine's air force said it had shot down 29 of the 33 missiles fired at Dnipro.",
        "29 destroyed; 33 other",
    ),
    ("At least 11 miners were shot dead by gunmen in Zamfara on Tuesday night.", "11- killed"),
    ("The explosion wounded 27 people, eight of them critically.", "27 wounded; 8 wounded"),
    ("Villagers found the bodies of 14 men in a well near Khost.", "14 killed"),
    (
        "Sudan's army says it killed dozens of paramilitaries and destroyed 20 combat vehicles.",
        "24- killed; 20 destroyed",
    ),
    ("Some 130 Palestinians were injured, 12 of them by live fire.", "130 wounded; 12 wounded"),
    ("The raid killed nine militants, but three commandos also died.", "9 killed; 3 killed"),
    ("Three Malian soldiers and at least 48 'terrorists' were killed.", "3 killed; 48- killed"),
    ("Two of the wounded later died in hospital.", "2 killed"),
    ("Officials revised the death toll down to 22 from an earlier 35.", "22 killed; 35 killed"),
    ("More than 120,000 Armenians fled Nagorno-Karabakh in a week.", "120001- displaced"),
    (
        "The Houthis said the strikes hit Sanaa 15 times, killing a guard and wounding six.",
        "6 wounded",
    ),
    (
        "Four hostages were rescued and 274 Palestinians killed in the operation in Nuseirat.",
        "4 other; 274 killed",
    ),
    (
        "Taliban sources claim to have killed 34 NRF fighters and to have taken 21 others "
        "prisoner.",
        "34 killed; 21 captured",
    ),
    ("A bus carrying 40 passengers hit a mine; 17 were killed on the spot.", "40 other; 17 killed"),
    ("Between 200 and 300 fighters crossed the border, the mayor said.", "200-300 other"),
    ("Ten people, most of them children, drowned in the Dniester.", "10 killed"),
    ("Nine in ten houses in the town are damaged.", ""),
    ("The army said only two of its soldiers were hurt.", "2 wounded"),
    (
        "It said 53 Houthi fighters were killed and 9 military vehicles were destroyed in the "
        "past 24 hours.",
        "53 killed; 9 destroyed",
    ),
    ("The bombing claimed 18 lives.", "18 killed"),
    ("Kidnappers released 28 of the 87 pupils seized in March.", "28 other; 87 other"),
    ("Iraqi forces arrested 13 IS suspects and found 300 kg of explosives.", "13 captured"),
    (
        "The attack in Barsalogho left up to 400 dead, an association of relatives said.",
        "-400 killed",
    ),
    (
        "A doctor at Shifa hospital said they had received 90 dead and hundreds of injured.",
        "90 killed; 200- wounded",
    ),
    ("Seven were killed instantly, and an eighth died of wounds.", "7 killed"),
    ("Wounded: 41. Dead: 9.", "41 wounded; 9 killed"),
    (
        "The Somali government says 100 al-Shabab militants, among them 12 foreigners, were "
        "killed near Galkayo.",
        "100 killed; 12 killed",
    ),
    ("Two drones were intercepted over Pskov; no one was hurt.", "2 other; 0 wounded"),
    (
        "Armed men killed thirty-eight people in two villages in Plateau state.",
        "38 killed; 2 other",
    ),
    (
        "The mission lost three helicopters, and five crew members are feared dead.",
        "3 destroyed; 5 killed",
    ),
    ("About a hundred policemen surrendered to the rebels.", "100 other"),
    (
        "A roadside bomb in Mandera killed at least four reservists, police said Thursday.",
        "4- killed",
    ),
    ("Cholera has killed 55 people out of 1,600 cases.", "55 killed; 1600 other"),
    ("Israel's strike killed a mother and her five children.", "5 killed"),
    ("Bandits abducted the village head and 16 others.", "16 captured"),
    ("Tanks shelled the 12-storey building where 60 people were sheltering.", "60 other"),
    ("Nearly 2,000 Afghans were killed by IEDs in 2019, UNAMA said.", "2000 killed"),
]


def bounds(quantity):
    low, high = quantity["low"], quantity["high"]
    if low == high:
        return str(low)
    return f"{'' if low is None else low}-{'' if high is None else high}"


@pytest.mark.parametrize(("sentence", "quantities"), READ)
def test_a_report_is_read_as_a_coder_reads_it(sentence, quantities):
    facts = facts_of(sentence, 0, len(sentence), published_at="2024-05-15")
    read = [f"{bounds(quantity)} {quantity['kind']}" for quantity in facts.quantities]
    assert sorted(read) == sorted(filter(None, quantities.split("; ")))
