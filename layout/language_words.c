/*
 * The languages that can be told, each with words that hardly a sentence of it goes without. Words
 * that neighbours share are there too: they count less (languages.c). Those with words stand first.
 */
#include "layout/languages.h"

const known_language layout_languages[] = {
    {"en", SCRIPT_LATIN,
     "the of and to in is that for it as was with be by on not he his are this which or from at "
     "but have had they you were their one all we can has been will would who more if no there"},
    {"de", SCRIPT_LATIN,
     "der die und in den von zu das mit sich des auf ist im dem nicht ein eine als auch es an er "
     "hat aus bei sie nach wird einer um am sind noch wie einem oder haben einen nur zum war kann "
     "durch wenn sein mehr ich wir werden"},
    {"fr", SCRIPT_LATIN,
     "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont "
     "avec son ou cette mais nous aux comme leur elle ses on sa vous ont fait ces deux entre sans "
     "peut tout dont je"},
    {"es", SCRIPT_LATIN,
     "de la que el en y los del se las por un para con no una su al lo como más o pero sus le ya "
     "este sí porque esta entre cuando muy sin sobre también me hasta hay donde desde está son fue "
     "es ha era"},
    {"pt", SCRIPT_LATIN,
     "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à "
     "seu sua ou quando muito nos já está eu também só pelo pela até isso ela entre era depois sem "
     "mesmo aos são foi é"},
    {"it", SCRIPT_LATIN,
     "di e il la che in a per un del non una della con si da le dei nel al sono alla come più i lo "
     "gli delle anche dal ma è se nella su ha ai ed o questo cui tra sua suo essere degli questa "
     "due stato"},
    {"nl", SCRIPT_LATIN,
     "de van het een en in is dat op te zijn met voor die niet aan er om ook als dan maar bij of "
     "uit nog naar heeft hij worden door wordt over hebben tot wat zich ze deze kan meer werd was "
     "geen"},
    {"af", SCRIPT_LATIN,
     "die van en in is het nie vir wat op te met om dat aan sy hy ons daar deur ek by as ook sal "
     "word se hulle kan maar was moet uit"},
    {"da", SCRIPT_LATIN,
     "og i af det at til en der er på for de med som den har ikke et fra var om kan eller vil ved "
     "han sig men også blev efter jeg hun skal over nu blive hvor når denne være meget nogle mere"},
    {"nb", SCRIPT_LATIN,
     "og i av det å til en er på for de med som den har ikke et fra var om kan eller vil ved han "
     "seg men også ble etter jeg hun skal over nå bli hvor når denne være noen mer dette"},
    {"nn", SCRIPT_LATIN,
     "og i av det å til ein er på for dei med som den har ikkje eit frå var om kan eller vil ved "
     "han seg men òg vart etter eg ho skal meir vere kva når denne"},
    {"sv", SCRIPT_LATIN,
     "och i att det som en på är av för med den till inte har de ett om var men han så från kan "
     "vid eller hade efter vi hon skulle också ska där när än sig blev denna detta vara mot"},
    {"is", SCRIPT_LATIN,
     "og að í á er sem til um við var með fyrir en það ekki af hann því frá eru hún hafa ef þar "
     "þess eða svo voru þegar hefur"},
    {"fi", SCRIPT_LATIN,
     "ja on ei se että oli hän joka mutta ovat kuin myös olla sen mukaan tai kun niin ole vain "
     "vuonna jos sekä hänen sitä mitä tämä voi ne nyt"},
    {"et", SCRIPT_LATIN,
     "ja on ei et see oli ta ka kui aga mis oma või siis nagu nii kes seda selle pole nad kuid "
     "ning välja üle"},
    {"hu", SCRIPT_LATIN,
     "a az és hogy nem is egy ez volt el meg csak már de mint ha még vagy azt ki sem van ezt be "
     "pedig lehet kell után kis amely azonban"},
    {"pl", SCRIPT_LATIN,
     "w i na z do nie się że to jest o jak od przez ale po dla za co są oraz tym był ich które "
     "jego jej tak może tego ze już go być lub czy tylko także"},
    {"cs", SCRIPT_LATIN,
     "a v na se je že s z do o i to k za pro byl jako po ve by ale od jeho které jsou si který "
     "však bylo jen také není než už nebo při která být"},
    {"sk", SCRIPT_LATIN,
     "a v na sa je že s z do o i to k za pre bol ako po vo by ale od jeho ktoré sú si ktorý však "
     "bolo len aj nie než už alebo pri ktorá byť"},
    {"sl", SCRIPT_LATIN,
     "in je v na se da za ki so pa z ne bi od po s tudi kot ali pri ter bil še o tem do to iz več "
     "samo lahko kar"},
    {"hr", SCRIPT_LATIN,
     "i u je na se da za su od s a koji ne o kao što to bi iz ili koja ali do te sve nije bio po "
     "također samo može nakon prema"},
    {"ro", SCRIPT_LATIN,
     "de în și la a cu o pe din nu că să un care este mai se al pentru au o fi ca dar sau prin lui "
     "fost după ale sunt între până era"},
    {"tr", SCRIPT_LATIN,
     "ve bir bu da de için ile olarak çok olan daha gibi ne en kadar var o değil sonra her ya ise "
     "ancak ki mi olduğu veya"},
    {"ca", SCRIPT_LATIN,
     "de la i el que en a els les per un del amb una es no al va dels és com més són o seva seu "
     "aquest aquesta també però entre fou ser han"},
    {"gl", SCRIPT_LATIN,
     "de a o que e do da en un para con non unha os no se na por máis as dos como foi ao é súa seu "
     "das ou tamén está onde entre pola polo"},
    {"eu", SCRIPT_LATIN,
     "eta da ez zen du ere bat izan dira baina egin den hau zuen hori ziren dute baino dela edo "
     "bere oso"},
    {"ga", SCRIPT_LATIN,
     "an na agus ar a i go bhí is le ag do sé ní leis tá as ó den é sin seo nó ach ina"},
    {"cy", SCRIPT_LATIN,
     "y yn a i o yr ei ar mae ac gan ond am er oedd bod cael hyn gyda sydd wedi fel ddim eu"},
    {"lt", SCRIPT_LATIN,
     "ir į kad su iš yra buvo tai ne apie per jis o kaip bet po už nuo jo dėl buvo savo tik arba "
     "iki prie jos"},
    {"lv", SCRIPT_LATIN,
     "un ir uz no ar par bija ka kas arī tas kā pēc vai ne lai pie viņš tā bet tika gadā savu"},
    {"sq", SCRIPT_LATIN,
     "të e në i dhe për një me nga që së u është ka si më do nuk kjo ose janë por ky edhe"},
    {"id", SCRIPT_LATIN,
     "yang dan di dari ini dengan untuk pada dalam itu tidak adalah ke oleh akan juga atau sebagai "
     "telah bisa ada mereka karena saat"},
    {"vi", SCRIPT_LATIN,
     "và của là có các được cho không trong một với những người này đã để từ ở khi đến như vào về "
     "theo ra"},
    {"sw", SCRIPT_LATIN,
     "na ya wa kwa ni katika za la cha kuwa hii huo pia kama yake au hiyo watu mwaka ambayo"},
    {"tl", SCRIPT_LATIN,
     "ang ng sa na mga ay at ni si para kay hindi ito isang nang kung mula ang may siya"},
    {"la", SCRIPT_LATIN,
     "et in est non ad ut cum qui quod sed quae ex per si esse ab enim autem atque sunt hoc quam "
     "nec eius"},
    {"ru", SCRIPT_CYRILLIC,
     "и в не на я что с как по это он из за к о но для от его у так же или бы"},
    {"uk", SCRIPT_CYRILLIC, "і в не на я що з як по це він із за до та але для від його у так й є"},
    {"be", SCRIPT_CYRILLIC, "і ў не на я што з як па гэта ён за да але для ад яго у так быў"},
    {"bg", SCRIPT_CYRILLIC, "и в не на да се от че за е с като са по до но или си той със ще"},
    {"mk", SCRIPT_CYRILLIC, "и во не на да се од што за е со како по до но или тој ќе ги"},
    {"sr", SCRIPT_CYRILLIC, "и у не на да се од што за је са као по до али или су он ће би"},
    {"ar", SCRIPT_ARABIC,
     "في من على أن إلى عن هذا مع التي ما لا كان أو هذه كل ذلك بعد قد قبل هو هي كما حتى ثم يكون"},
    {"fa", SCRIPT_ARABIC, "در و به از که این را با است آن برای یک خود تا بر هم شد ها"},
    {"ur", SCRIPT_ARABIC, "کے میں کی ہے اور سے کا کو اس نے پر ہیں کہ یہ بھی تھا ایک"},
    {"hi", SCRIPT_DEVANAGARI, "के की से का को पर ने है भी यह"},
    {"mr", SCRIPT_DEVANAGARI, "हे ही व तो या ते की हा"},
    {"ne", SCRIPT_DEVANAGARI, "र यो छ हो को मा ले न"},
    {"el", SCRIPT_GREEK, ""},
    {"hy", SCRIPT_ARMENIAN, ""},
    {"he", SCRIPT_HEBREW, ""},
    {"bn", SCRIPT_BENGALI, ""},
    {"pa", SCRIPT_GURMUKHI, ""},
    {"gu", SCRIPT_GUJARATI, ""},
    {"ta", SCRIPT_TAMIL, ""},
    {"te", SCRIPT_TELUGU, ""},
    {"kn", SCRIPT_KANNADA, ""},
    {"ml", SCRIPT_MALAYALAM, ""},
    {"si", SCRIPT_SINHALA, ""},
    {"th", SCRIPT_THAI, ""},
    {"lo", SCRIPT_LAO, ""},
    {"bo", SCRIPT_TIBETAN, ""},
    {"my", SCRIPT_BURMESE, ""},
    {"ka", SCRIPT_GEORGIAN, ""},
    {"km", SCRIPT_KHMER, ""},
};

const size_t layout_language_count = sizeof layout_languages / sizeof *layout_languages;
