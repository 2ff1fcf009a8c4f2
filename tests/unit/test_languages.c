/* Languages told by script and small words, and texts that tell none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "layout/languages.h"

static language_index words;

static const char *language_of_text(const char *text)
{
    layout_languages_index(&words);
    language_counts counts = {0};
    layout_count_languages(&words, &counts, quire_text_of(text));
    return layout_language_of(&counts, 1.2f);
}

static void languages_are_told_by_their_small_words(void **state)
{
    (void)state;
    static const struct {
        const char *tag, *text;
    } samples[] = {
        {"en",
         "The keeper opens the hive in the morning and looks at the frames that the bees have "
         "built, for it is there that the honey will be found."},
        {"de", "Der Imker öffnet den Stock am Morgen und sieht sich die Rahmen an, die von den "
               "Bienen gebaut wurden, denn dort ist auch der Honig zu finden."},
        {"fr", "L'apiculteur ouvre la ruche le matin et regarde les cadres que les abeilles ont "
               "construits, car c'est dans ces cadres que le miel se trouve."},
        {"es", "El apicultor abre la colmena por la mañana y mira los cuadros que las abejas han "
               "construido, porque es allí donde está la miel, no en otro lugar."},
        {"pt", "O apicultor abre a colmeia de manhã e olha para os quadros que as abelhas "
               "construíram, pois é neles que está o mel, e não em outro lugar."},
        {"it", "L'apicoltore apre l'arnia al mattino e guarda i telai che le api hanno costruito, "
               "perché è nei telai della colonia che si trova il miele, e non altrove."},
        {"nl", "De imker opent de kast in de ochtend en kijkt naar de ramen die door de bijen zijn "
               "gebouwd, want daar is het dat de honing wordt gevonden."},
        {"da", "Biavleren åbner stadet om morgenen og ser på de rammer, som bierne har bygget, for "
               "det er der, at honningen skal findes, og ikke af andre."},
        {"sv", "Biodlaren öppnar kupan på morgonen och ser på de ramar som bina har byggt, för det "
               "är där som honungen ska finnas, och inte på något annat ställe."},
        {"fi",
         "Tarhaaja avaa pesän aamulla ja katsoo kehyksiä, jotka mehiläiset ovat rakentaneet, "
         "sillä hunaja on siellä eikä se ole muualla, mutta joka vuosi se on sama kuin ennen."},
        {"pl", "Pszczelarz otwiera ul rano i patrzy na ramki, które zbudowały pszczoły, ale nie "
               "wie, że to jest tam, gdzie może być miód i za co się go ceni."},
        {"cs", "Včelař ráno otevře úl a dívá se na rámky, které včely postavily, ale neví, že je "
               "to tam, kde by se med mohl najít, a to i když jsou prázdné."},
        {"hu", "A méhész reggel kinyitja a kaptárt, és megnézi a kereteket, mert nem tudja, hogy "
               "ott van-e a méz, de az is lehet, hogy már csak egy keret van."},
        {"tr", "Arıcı sabah kovanı açar ve bir çerçeveye bakar; bu çerçeve çok dolu, ama bal için "
               "daha iyi bir yer de var, o da en son gibi değil."},
        {"ru", "Пчеловод открывает улей утром и смотрит на рамки, которые построили пчёлы, так как "
               "это и есть то место, где мёд, а не что-то для других."},
        {"uk", "Бджоляр відкриває вулик вранці і дивиться на рамки, що їх збудували бджоли, але це "
               "й є те місце, де мед, а не щось для інших, так що він із тим не сперечається."},
        {"el", "Ο μελισσοκόμος ανοίγει την κυψέλη το πρωί και κοιτάζει τα πλαίσια."},
        {"ja", "養蜂家は朝に巣箱を開けて、蜂が作った枠を見ます。蜂蜜はそこにあるからです。夕方にも"
               "見ます。"},
        {"zh",
         "養蜂人早上打開蜂箱，查看蜜蜂建造的框架，因為蜂蜜就在那裡。他晚上也會再看一次蜂箱裡面。"},
        {"ko",
         "양봉가는 아침에 벌통을 열고 벌들이 지은 틀을 봅니다. 꿀은 바로 그곳에 있기 때문입니다."},
        {"th", "คนเลี้ยงผึ้งเปิดรังในตอนเช้าและดูเฟรมที่ผึ้งสร้างขึ้น"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const char *told = language_of_text(samples[i].text);
        assert_string_equal(told ? told : "none", samples[i].tag);
    }
}

static void what_is_short_or_no_prose_tells_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "The hive is in the garden.",
        "Adams Baker Clark Davis Evans Frank Ghosh Hills Irwin Jones Klein Lopez Mason Nolan",
        "12.5 18.0 21.7 4.4 9.1 3.3 5.6 7.8 12.5 18.0 21.7 4.4 9.1 3.3 5.6 7.8",
        "x y z x y z x y z x y z x y z x y z x y z x y z x y z x y z x y z x y z",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_null(language_of_text(texts[i]));
}

static void regions_do_not_make_a_language(void **state)
{
    (void)state;
    assert_true(layout_same_language("en-GB", "en"));
    assert_true(layout_same_language("EN", "en-US"));
    assert_false(layout_same_language("en", "es"));
    assert_false(layout_same_language("en", "eng"));
}

/* Bits and the width of a slot bound the table. */
static void words_of_the_table_can_be_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < layout_language_count; i++) {
        const char *list = layout_languages[i].words;
        assert_true(i < LANGUAGES_WITH_WORDS || *list == '\0');
        for (size_t size; *list; list += size + (list[size] == ' ')) {
            size = strcspn(list, " ");
            if (size == 0 || size > 8)
                fail_msg("%s: '%.*s'", layout_languages[i].tag, (int)size, list);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_are_told_by_their_small_words),
        cmocka_unit_test(what_is_short_or_no_prose_tells_nothing),
        cmocka_unit_test(regions_do_not_make_a_language),
        cmocka_unit_test(words_of_the_table_can_be_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
