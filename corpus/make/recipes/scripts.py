"""Scripts of the world, set by Pango: joined, stacked, from right to left, down the page."""

import pango
from source import Document, Heading, Item, List, Paragraph, Title


def document(name, summary, language, blocks):
    return Document(name=name, family="scripts", summary=summary, language=language, blocks=blocks)


HEBREW = document(
    "script-hebrew", "Hebrew with numbers and Latin names in it", "he",
    [
        Title("הספרייה של הכפר"),
        Paragraph(
            "הספרייה של הכפר נמצאת בבית קטן ליד הכיכר. היא פתוחה בימי שני ורביעי, ובכל יום שישי עד "
            "הצהריים. יש בה 4200 ספרים, ורובם מתנות של תושבי המקום."
        ),
        Heading("איך שואלים ספר", 1),
        Paragraph(
            "כל תושב יכול לשאול עד 3 ספרים לחודש אחד. את הספרים מחזירים לארון הירוק ליד הדלת, גם "
            "כאשר הספרייה סגורה. מי שמאחר מביא עוגה."
        ),
        List(["ספרי ילדים עומדים למטה", "מפות ישנות אינן יוצאות מן הבית", "העיתון Aune Post מגיע בבוקר"]),
    ],
)

ARABIC = document(
    "script-arabic", "Arabic: joined letters, digits, a Latin word", "ar",
    [
        Title("سوق السمك"),
        Paragraph(
            "يقع سوق السمك قرب الميناء القديم. تصل القوارب قبل شروق الشمس، ويبدأ البيع في الساعة "
            "الخامسة صباحا. في الشتاء يكون السمك قليلا والأسعار عالية."
        ),
        Heading("قواعد السوق", 1),
        Paragraph(
            "يبيع كل صياد سمكه بنفسه. لا يجوز رفع الصوت بعد الساعة 9، ولا يجوز إطعام القطط أمام "
            "الزبائن. الميزان في وسط السوق ملك للجميع."
        ),
        List(["السمك الطازج على اليمين", "الملح والثلج على اليسار", "القهوة عند الباب"]),
    ],
)

JAPANESE = [
    Title("村の図書館"),
    Paragraph(
        "村の図書館は川のそばの小さな家にある。月曜日と水曜日の午後に開いていて、本は約四千冊ある。"
        "その多くは村の人たちが贈ったものだ。"
    ),
    Heading("本の借り方", 1),
    Paragraph(
        "誰でも一か月に三冊まで借りることができる。返すときは、入口の横にある緑の箱に入れればよい。"
        "遅れた人は、次の日にお菓子を持って来ることになっている。"
    ),
    Heading("静かな部屋", 1),
    Paragraph("二階には静かな部屋がある。窓から山が見える。冬には猫が来て、暖かい椅子の上で眠る。"),
]

CHINESE = document(
    "script-chinese", "Simplified Chinese, no spaces between words", "zh-CN",
    [
        Title("河边的茶馆"),
        Paragraph(
            "河边有一家老茶馆。每天早上六点开门，老人们带着鸟笼来喝茶，谈天气，也谈昨天的棋局。"
            "下雨的时候，屋顶会漏水，但是没有人离开。"
        ),
        Heading("茶的种类", 1),
        List(["绿茶，春天采的最好。", "红茶，冬天喝了暖和。", "菊花茶，对眼睛好。"], ordered=True,
             marker="1."),
        Heading("茶馆的规矩", 1),
        Paragraph("客人自己倒水，自己洗杯子。账记在墙上的木板上，月底一起付。二十年来，账没有错过一次。"),
    ],
)

KOREAN = document(
    "script-korean", "Korean with spaces between words", "ko",
    [
        Title("마을 우체국"),
        Paragraph(
            "마을 우체국은 큰 나무 아래에 있다. 아침 아홉 시에 문을 열고 오후 다섯 시에 닫는다. 눈이 많이 "
            "오는 날에는 우체부가 걸어서 편지를 가져온다."
        ),
        Heading("소포를 보내는 방법", 1),
        List(["상자에 이름을 크게 쓴다.", "무게를 잰다.", "돈을 내고 종이를 받는다."], ordered=True,
             marker="1."),
        Paragraph("빠른 소포는 이틀, 보통 소포는 닷새가 걸린다."),
    ],
)

EUROPE = document(
    "script-european", "Russian, Greek and accented Latin on one page", "ru",
    [
        Title("Три письма"),
        Heading("Из деревни", 1),
        Paragraph(
            "Дорогая тётя, дождь идёт уже неделю, и река поднялась до моста. Яблоки собраны, дрова "
            "лежат под крышей, а кошка спит на печи и ничего не боится."
        ),
        Heading("Από το νησί", 1),
        Paragraph(
            "Αγαπητέ φίλε, το πλοίο έρχεται μία φορά την εβδομάδα και φέρνει εφημερίδες, αλεύρι και "
            "νέα. Η θάλασσα είναι ακόμα ζεστή και τα βράδια μυρίζουν θυμάρι."
        ),
        Heading("Od jezera", 1),
        Paragraph(
            "Milý příteli, led na jezeře drží už od prosince. Děti bruslí, rybáři sedí u děr a nikdo "
            "nespěchá. Přijeď, než přijde jaro; půjčíme ti teplé boty."
        ),
    ],
)

HINDI = document(
    "script-hindi", "Devanagari: marks above, below and before their letter", "hi",
    [
        Title("गाँव का बाज़ार"),
        Paragraph(
            "हमारे गाँव का बाज़ार हर रविवार को लगता है। लोग सुबह पाँच बजे आते हैं और दोपहर तक सब कुछ बिक "
            "जाता है। सबसे पहले दूध और सब्ज़ियाँ बिकती हैं।"
        ),
        Heading("क्या मिलता है", 1),
        List(["चावल और दाल", "मिट्टी के बर्तन", "आम, जब मौसम हो"]),
    ],
)

THAI = document(
    "script-thai", "Thai: no spaces between words, marks above and below", "th",
    [
        Title("ตลาดริมน้ำ"),
        Paragraph(
            "ตลาดริมน้ำเปิดทุกวันเสาร์ตั้งแต่เช้ามืด แม่ค้าพายเรือมาขายผลไม้และขนม เด็กๆ ชอบนั่งดูปลาที่ท่าน้ำ"
        ),
        Paragraph("ในหน้าฝนน้ำขึ้นสูง ตลาดจึงย้ายไปอยู่หน้าวัด"),
    ],
)

NESTED_RTL = document(
    "script-hebrew-list", "Hebrew list of two levels, numbered from the right", "he",
    [
        Heading("סדר היום בגן", 1),
        List(
            [
                Item("בבוקר", List(["לפתוח את החלונות", "להשקות את העגבניות"], marker="\u2013")),
                "בצהריים הכול ישן",
                Item("בערב", List(["לסגור את השער"], marker="\u2013")),
            ],
            ordered=True,
            marker="1.",
        ),
        Paragraph("מי שרוצה לעזור מוזמן לבוא בלי להודיע מראש."),
    ],
)

DOCUMENTS = [
    (HEBREW, pango, {"font": "Noto Sans Hebrew, Noto Sans", "direction": "rtl"}),
    (NESTED_RTL, pango, {"font": "Noto Serif Hebrew, Noto Serif", "direction": "rtl"}),
    (ARABIC, pango, {"font": "Noto Naskh Arabic, Noto Sans", "direction": "rtl", "size": 13}),
    (document("script-japanese", "Japanese in horizontal lines", "ja", JAPANESE), pango,
     {"font": "Noto Serif CJK JP"}),
    (document("script-japanese-vertical", "Japanese in vertical lines, set upright by rotation", "ja",
              JAPANESE), pango, {"font": "Noto Serif CJK JP", "direction": "vertical"}),
    (CHINESE, pango, {"font": "Noto Sans CJK SC"}),
    (KOREAN, pango, {"font": "Noto Sans CJK KR"}),
    (EUROPE, pango, {"font": "Noto Serif"}),
    (HINDI, pango, {"font": "Noto Serif Devanagari, Noto Serif", "size": 13}),
    (THAI, pango, {"font": "Noto Sans Thai, Noto Sans", "size": 12}),
]
