"""Common first names and gendered words: a hint at who "he" and "she" can be, never a fact about anybody."""

from archive.extraction.wordset import word_set

MALE = word_set("""aaron abdul abraham adam adrian ahmed al alan albert alberto alejandro alex alexander alfred ali allan allen
    alvin amir andre andrew andy angelo anthony antonio antony archie arnold arthur asa austin barack barney barry
    bart ben benjamin bernard bernie bill billy bob bobby brad bradley brandon brendan brent bret brett brian bruce
    bryan byron calvin cameron carl carlos carter casey cesar chad charles charlie chester chip chris christian
    christopher chuck clarence clark claude clay clayton cliff clifford clint clinton cody colin connor corey cory
    craig curt curtis cyrus dale damon dan daniel danny darrell darren dave david dean denis dennis derek devin
    diego dick dirk dominic don donald donnie doug douglas drew duane duncan dustin dwayne dwight earl ed eddie
    edgar eduardo edward edwin eli elias elijah elliot elliott ellis emanuel emmanuel enrique eric erik ernest
    ernesto ethan eugene evan ezra felipe felix fernando floyd francis francisco frank frankie franklin fred
    freddie frederick gabriel garrett gary gavin gene geoff geoffrey george gerald gerard gilbert glen glenn gordon
    graham grant greg gregg gregory guillermo gus guy hakeem hal hank hans harold harry harvey hector henry herbert
    herman howard hubert hugh hugo ian ibrahim igor isaac ivan jack jackson jacob jacques jaime jake jamal james
    jamie jared jason javier jay jeb jeff jefferson jeffrey jens jeremiah jeremy jerome jerrold jerry jesse jesus
    jim jimmy joaquin joe joel joey john johnny jon jonah jonas jonathan jorge jose josef joseph josh joshua juan
    julian julio julius jumaane justin karl keith ken kenneth kenny kevin kirk klaus kofi kurt kyle lamar lance larry
    lars lawrence lee len leo leon leonard leroy leslie lester levi lewis liam lincoln lindsey lloyd logan lonnie
    lou louie louis lucas luis luke luther lyle lyndon malcolm manuel marc marcel marco marcus mario mark marlon
    marshall martin marty marvin mason mateo matt matteo matthew maurice max maxwell mel melvin michael miguel mike
    miles milo milton mitch mitchell mitt mohamed mohammed morgan morris moses muhammad murray nate nathan nathaniel
    neal ned neil nelson newt nicholas nick nicolas nigel noah noam norman oliver omar orlando oscar otis otto owen
    pablo pat patrick paul pedro percy perry pete peter phil philip philippe phillip pierre preston quentin rafael
    rahm ralph ramon rand randall randolph randy raphael raul ray raymond reggie reginald reince reuben rex ricardo
    rich richard rick ricky rob robby robert roberto robin rod roderick rodney rodrigo roger roland roman ron ronald
    ronnie rory ross roy ruben rudolph rudy rufus rupert russ russell ryan sal salvador sam sammy samuel saul scott
    sean sebastian sergei sergey sergio seth shane shaun sheldon sherman sid sidney silvio simon spencer stanley
    stefan stephen sterling steve steven stewart stuart sylvester tad ted terence terrance terrence terry theo
    theodore thomas tim timothy tobias toby todd tom tomas tommy tony travis trent trevor troy ty tyler tyrone
    ulysses vernon victor vince vincent virgil vladimir wade wallace walter warren wayne wendell wesley will willard
    william willie winston wolf woodrow wyatt xavier zach zachary zack zeke""")
FEMALE = word_set("""abby abigail ada adele adriana agnes aisha alexandra alexandria alexis alice alicia alina alison allison alma
    alyssa amanda amber amelia amina amy ana andrea angela angelica angelina anita ann anna annabel anne annette
    annie april ariana ashley audrey ava ayanna barbara beatrice becky belinda bernadette bernice beth bethany betsy
    betty beverly bonnie brenda brianna bridget brittany brooke caitlin camille candace candice carla carly carmen
    carol carole caroline carolyn carrie cassandra catherine cathy cecilia celeste charlene charlotte chelsea cheri
    cheryl christiana christie christina christine cindy claire clara clarissa claudia colleen condoleezza connie
    constance corinne courtney crystal cynthia daisy dana daniela danielle daphne darlene dawn deanna deb debbie
    deborah debra delia denise desiree diana diane dianne dina dolores dominique donna dora doris dorothy edith
    edna eileen elaine eleanor elena elise elisa eliza elizabeth ella ellen elsa emily emma erica erika erin esther
    ethel eva evelyn fatima faye felicia fiona flora florence frances gabriela gabrielle gail gayle geneva
    genevieve georgia geraldine gertrude gina ginger gladys glenda gloria grace greta gretchen gwen gwendolyn haley
    hannah harriet hazel heather heidi helen helena henrietta hilary hilda hillary hope huma ida ilana ilhan imani
    inez ingrid irene iris isabel isabella ivanka jackie jacqueline jamila jan jana jane janet janice janine
    jasmine jean jeanette jeanine jeanne jenna jennifer jenny jessica jessie jill jillian jo joan joann joanna
    joanne jocelyn jodi jody josephine joy joyce juanita judith judy julia juliana julie juliet june kamala karen
    karin karla kate katharine katherine kathleen kathryn kathy katie katrina kay kayla kelly kellyanne kelsey
    kendra kerry kim kimberly kirsten kirstjen kristen kristi kristin kristina kristine kyrsten lana lara latoya
    laura lauren laurie leah leila lena letitia lillian lily linda lindsay lisa liz liza lois lola loretta lorena
    lori lorraine louise lucia lucille lucy luisa lupe lydia lynn lynne mabel mackenzie madeleine madeline maggie
    mandy marcia margaret margarita maria marian marianne maribel marie marilyn marina marisa marjorie marlene
    marsha martha mary marybeth maryanne matilda maureen maxine maya mazie megan meghan megyn melania melanie
    melinda melissa mercedes meredith mia michele michelle mildred millie mimi mindy minnie miranda miriam misty
    molly monica muriel myra nadia nancy naomi natalia natalie natasha nell nicole nikki nina noelle nora norma
    octavia olga olivia olympia opal padma paige pam pamela patricia patsy patti patty paula pauline pearl peggy
    penelope phyllis pilar pooja priscilla priya rachel ramona raquel rebecca regina renee rhoda rhonda rita
    roberta rochelle ronna rosa rosalind rose rosemary rosie roxanne ruby ruth sabrina sadie sally samantha sandra
    sandy sara sarah selena selma serena shannon sharon shauna sheila shelley shelly sherri sherry shirley silvia
    simone sofia sonia sonya sophia sophie stacey stacy stella stephanie sue summer susan susana susanna susie
    suzanne sylvia tabitha tamara tammy tanya tara tatiana teresa teri terri thelma theresa tiffany tina toni
    tracey traci tracy tricia trudy tulsi ursula valerie vanessa vera verna veronica vicki vickie vicky victoria
    viola violet virginia vivian wanda wendy whitney wilma winifred yolanda yvette yvonne zoe""")
MALE_WORDS = word_set(
    "mr sir king prince father brother son husband man congressman businessman chairman councilman assemblyman "
    "spokesman boy actor uncle grandfather nephew salesman policeman fireman himself lord duke gentleman"
)
FEMALE_WORDS = word_set(
    "mrs ms miss madam queen princess mother sister daughter wife woman congresswoman businesswoman chairwoman "
    "councilwoman assemblywoman spokeswoman girl actress aunt grandmother niece herself lady duchess widow"
)


def gender_of_first_name(first: str) -> str:
    """ "m", "f", or "" where the name is unknown or used by both."""
    lower = first.lower()
    male, female = lower in MALE, lower in FEMALE
    if male == female:
        return ""
    return "m" if male else "f"
