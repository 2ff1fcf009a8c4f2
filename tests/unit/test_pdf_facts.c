/* What a PDF states about itself: metadata, outline, labels, attachments, destinations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/open_pdf.h"
#include "tests/support/small_pdf.h"

/* Three pages, objects 3 to 5: upright, turned by 90 degrees, cut to a crop box. */
static small_pdf begin_file(const char *catalog_keys)
{
    small_pdf pdf = small_pdf_begin("1.7");
    small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R %s >>", catalog_keys);
    small_pdf_object(&pdf, 2,
                     "<< /Type /Pages /Count 3 /Kids [3 0 R 4 0 R 5 0 R] "
                     "/MediaBox [0 0 200 300] >>");
    small_pdf_object(&pdf, 3, "<< /Type /Page /Parent 2 0 R >>");
    small_pdf_object(&pdf, 4, "<< /Type /Page /Parent 2 0 R /Rotate 90 >>");
    small_pdf_object(&pdf, 5, "<< /Type /Page /Parent 2 0 R /CropBox [10 20 150 250] >>");
    return pdf;
}

static const char *value_of(const quire_facts *facts, const char *key, const char *source)
{
    for (size_t i = 0; i < facts->metadata_count; i++)
        if (!strcmp(facts->metadata[i].key, key) && !strcmp(facts->metadata[i].source, source))
            return facts->metadata[i].value;
    return NULL;
}

/* ---- metadata ---- */

static void dates_become_iso_8601(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"D:20240229123001+01'30'", "2024-02-29T12:30:01+01:30"},
        {"D:20240229123001-08", "2024-02-29T12:30:01-08:00"},
        {"D:20240229123001Z00'00'", "2024-02-29T12:30:01Z"},
        {"D:20240229123001", "2024-02-29T12:30:01"},
        {"D:202402291230", "2024-02-29T12:30:00"},
        {"D:2024022912", "2024-02-29"},
        {"D:20240229", "2024-02-29"},
        {"D:202402", "2024-02"},
        {"D:2024", "2024"},
        {"20240229123001Z", "2024-02-29T12:30:01Z"},
        {"D:20241329", "D:20241329"},
        {"2024-02-29", "2024-02-29"},
        {"last Tuesday", "last Tuesday"},
        {"D:", "D:"},
    };
    quire_arena *arena = quire_arena_new(0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(quire_pdf_date(arena, cases[i][0]), cases[i][1]);
    quire_arena_free(arena);
}

static void the_information_dictionary_is_read(void **state)
{
    (void)state;
    small_pdf pdf = begin_file("/Lang (de-CH)");
    small_pdf_object(&pdf, 6,
                     "<< /Title <FEFF00440065007200200057006500670020263A> /Author ( ) "
                     "/Subject (a\\nb) /CreationDate (D:20240102030405Z) >>");
    open_pdf open;
    open_pdf_init(&open, small_pdf_end(&pdf, "/Root 1 0 R /Info 6 0 R"));
    const quire_facts *facts = quire_pdf_facts(&open.pdf);
    assert_string_equal(value_of(facts, "title", "info"), "Der Weg \xE2\x98\xBA");
    assert_string_equal(value_of(facts, "subject", "info"), "a b");
    assert_string_equal(value_of(facts, "created", "info"), "2024-01-02T03:04:05Z");
    assert_null(value_of(facts, "author", "info"));
    assert_string_equal(facts->language, "de-CH");
    assert_string_equal(facts->format_version, "1.7");
    assert_int_equal(facts->page_count, 3);
    assert_false(facts->encrypted || facts->tagged || facts->has_form || facts->recovered);
    assert_ptr_equal(quire_pdf_facts(&open.pdf), facts);
    open_pdf_close(&open);
    small_pdf_clear(&pdf);
}

static const char rdf_begin[] =
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xmp='http://ns.adobe.com/xap/1.0/' "
    "xmlns:pdf='http://ns.adobe.com/pdf/1.3/'>";
static const char rdf_end[] = "</rdf:RDF></x:xmpmeta>";

/* The facts of a file with this XMP packet. */
static const quire_facts *facts_with_xmp(open_pdf *open, small_pdf *pdf, const char *packet)
{
    *pdf = begin_file("/Metadata 6 0 R");
    small_pdf_stream(pdf, 6, "/Type /Metadata /Subtype /XML", packet, strlen(packet));
    open_pdf_init(open, small_pdf_end(pdf, "/Root 1 0 R"));
    return quire_pdf_facts(&open->pdf);
}

static void xmp_is_read(void **state)
{
    (void)state;
    char *packet = g_strconcat(
        "\n<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>", rdf_begin,
        "<rdf:Description rdf:about='' pdf:Producer='A press'>"
        "<dc:title><rdf:Alt><rdf:li xml:lang='fr'>Le titre</rdf:li>"
        "<rdf:li xml:lang='x-default'>The\n title</rdf:li></rdf:Alt></dc:title>"
        "<dc:creator><rdf:Seq><rdf:li>Ada &amp; Co</rdf:li><rdf:li>Bede</rdf:li></rdf:Seq>"
        "</dc:creator><xmp:CreateDate>2024-01-02</xmp:CreateDate></rdf:Description>"
        "<rdf:Description rdf:about=''><dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag>"
        "</dc:language></rdf:Description>",
        rdf_end, "<?xpacket end='w'?>", NULL);
    open_pdf open;
    small_pdf pdf;
    const quire_facts *facts = facts_with_xmp(&open, &pdf, packet);
    assert_string_equal(value_of(facts, "title", "xmp"), "The  title");
    assert_string_equal(value_of(facts, "author", "xmp"), "Ada & Co; Bede");
    assert_string_equal(value_of(facts, "producer", "xmp"), "A press");
    assert_string_equal(value_of(facts, "created", "xmp"), "2024-01-02");
    assert_string_equal(facts->language, "en-GB");
    open_pdf_close(&open);
    small_pdf_clear(&pdf);
    g_free(packet);
}

static void hostile_xmp_gives_nothing(void **state)
{
    (void)state;
    char *entities = g_strconcat(
        "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
        "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
        "<!ENTITY file SYSTEM 'file:///etc/passwd'>]>",
        rdf_begin, "<rdf:Description><pdf:Producer>&c;&file;</pdf:Producer></rdf:Description>",
        rdf_end, NULL);
    const char *const packets[] = {entities, "", "<", "not XML", "<rdf:RDF>", "<a/>"};
    for (size_t i = 0; i < sizeof packets / sizeof *packets; i++) {
        open_pdf open;
        small_pdf pdf;
        const quire_facts *facts = facts_with_xmp(&open, &pdf, packets[i]);
        assert_int_equal(facts->metadata_count, 0);
        open_pdf_close(&open);
        small_pdf_clear(&pdf);
    }
    g_free(entities);
}

/* ---- labels ---- */

static void assert_labels(const char *tree, const char *const expected[3])
{
    small_pdf pdf = begin_file("/PageLabels 6 0 R");
    small_pdf_object(&pdf, 6, "<< %s >>", tree);
    small_pdf_object(&pdf, 7, "<< /Nums [1 << /S /D >>] >>");
    open_pdf open;
    open_pdf_init(&open, small_pdf_end(&pdf, "/Root 1 0 R"));
    for (int i = 0; i < 3; i++) {
        const char *label = quire_pdf_label(&open.pdf, i + 1, open.pdf.arena);
        if (expected[i])
            assert_string_equal(label, expected[i]);
        else
            assert_null(label);
    }
    open_pdf_close(&open);
    small_pdf_clear(&pdf);
}

static void labels_are_written_in_their_style(void **state)
{
    (void)state;
    static const struct {
        const char *tree, *labels[3];
    } cases[] = {
        {"/Nums [0 << /S /r >>]", {"i", "ii", "iii"}},
        {"/Nums [0 << /S /R /St 1998 >>]", {"MCMXCVIII", "MCMXCIX", "MM"}},
        {"/Nums [0 << /S /A /St 26 >>]", {"Z", "AA", "BB"}},
        {"/Nums [0 << /S /a /P (app-) >> 2 << /P (end) >>]", {"app-a", "app-b", "end"}},
        {"/Nums [0 << /S /D /St 7 /P <FEFF00A7> >>]",
         {"\xC2\xA7"
          "7",
          "\xC2\xA7"
          "8",
          "\xC2\xA7"
          "9"}},
        {"/Nums [2 << /S /D >> 0 << /S /r >>]", {"i", "ii", "1"}},
        {"/Nums [1 << /S /D >>]", {NULL, "1", "2"}},
        {"/Nums [0 << /S /r /St 2000000000 >>]", {"2000000000", "2000000001", "2000000002"}},
        {"/Kids [6 0 R 7 0 R 7 0 R]", {NULL, "1", "2"}},
        {"/Nums [0 7 1 (x) 2]", {NULL, NULL, NULL}},
        {"/Nums 3", {NULL, NULL, NULL}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_labels(cases[i].tree, cases[i].labels);
}

static void a_file_without_labels_has_none(void **state)
{
    (void)state;
    small_pdf pdf = begin_file("");
    open_pdf open;
    open_pdf_init(&open, small_pdf_end(&pdf, "/Root 1 0 R"));
    assert_null(quire_pdf_label(&open.pdf, 1, open.pdf.arena));
    open_pdf_close(&open);
    small_pdf_clear(&pdf);
}

/* ---- outline and destinations ---- */

static void the_outline_is_flattened_with_levels(void **state)
{
    (void)state;
    small_pdf pdf = begin_file("/Outlines 6 0 R");
    small_pdf_object(&pdf, 6, "<< /First 7 0 R >>");
    small_pdf_object(&pdf, 7,
                     "<< /Title (One) /Dest [3 0 R /XYZ 0 250 0] /First 8 0 R "
                     "/Next 9 0 R >>");
    small_pdf_object(&pdf, 8, "<< /Title (One point one) /A << /S /GoTo /D [1 /Fit] >> >>");
    small_pdf_object(&pdf, 9, "<< /Title (Two) /Dest [99 0 R /Fit] /Next 7 0 R >>");
    open_pdf open;
    open_pdf_init(&open, small_pdf_end(&pdf, "/Root 1 0 R"));
    const quire_facts *facts = quire_pdf_facts(&open.pdf);
    assert_int_equal(facts->outline_count, 3); /* and not without end: two leads back to one */
    static const quire_outline_item expected[] = {
        {"One", 1, 1, 50}, {"One point one", 2, 2, 0}, {"Two", 1, 0, 0}};
    for (int i = 0; i < 3; i++) {
        assert_string_equal(facts->outline[i].title, expected[i].title);
        assert_int_equal(facts->outline[i].level, expected[i].level);
        assert_int_equal(facts->outline[i].page, expected[i].page);
        assert_float_equal(facts->outline[i].y, expected[i].y, 1e-4);
    }
    open_pdf_close(&open);
    small_pdf_clear(&pdf);
}

static void destinations_lead_to_a_page_and_a_height(void **state)
{
    (void)state;
    static const struct {
        const char *destination;
        int page;
        float y;
    } cases[] = {
        {"[3 0 R /XYZ 10 250 0]", 1, 50},
        {"[3 0 R /XYZ null null 0]", 1, 0},
        {"[3 0 R /XYZ 0 9999 0]", 1, 0},
        {"[3 0 R /FitH 100]", 1, 200},
        {"[3 0 R /FitR 0 0 100 120]", 1, 180},
        {"[3 0 R /Fit]", 1, 0},
        {"[3 0 R]", 1, 0},
        {"[4 0 R /XYZ 30 250 0]", 2, 30}, /* turned: the left side is up */
        {"[5 0 R /XYZ 0 200 0]", 3, 50}, /* the crop box ends at 250 */
        {"[0 /XYZ 0 200 0]", 1, 100},
        {"[7 /XYZ 0 200 0]", 0, 0},
        {"(in the tree)", 3, 50},
        {"/in-the-dictionary", 1, 20},
        {"(direct)", 2, 0},
        {"(nowhere)", 0, 0},
        {"(circular)", 0, 0},
        {"[1 0 R /Fit]", 0, 0}, /* the catalog is no page */
        {"<< /D [3 0 R /FitH 100] >>", 1, 200},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        small_pdf pdf = begin_file("/Names << /Dests 6 0 R >> /Dests << /in-the-dictionary "
                                   "<< /D [3 0 R /FitH 280] >> >>");
        small_pdf_object(&pdf, 6, "<< /Kids [7 0 R 6 0 R] >>");
        small_pdf_object(&pdf, 7,
                         "<< /Limits [(x) (a)] /Names [(in the tree) 8 0 R (direct) "
                         "[4 0 R /Fit] (circular) 9 0 R] >>");
        small_pdf_object(&pdf, 8, "<< /D [5 0 R /XYZ 0 200 0] >>");
        small_pdf_object(&pdf, 9, "(circular)");
        small_pdf_object(&pdf, 10, "<< /Dest %s >>", cases[i].destination);
        open_pdf open;
        open_pdf_init(&open, small_pdf_end(&pdf, "/Root 1 0 R"));
        for (int round = 0; round < 2; round++) { /* the second from what was kept */
            quire_place place;
            const quire_object *item = quire_objects_fetch(open.pdf.objects, 10, 0);
            bool found = quire_target_find(&open.pdf, item, open.pdf.arena, &place);
            assert_int_equal(found, cases[i].page > 0);
            assert_int_equal(place.page, cases[i].page);
            assert_float_equal(place.y, cases[i].y, 1e-4);
        }
        open_pdf_close(&open);
        small_pdf_clear(&pdf);
    }
}

static void actions_lead_to_addresses(void **state)
{
    (void)state;
    static const struct {
        const char *action, *uri;
    } cases[] = {
        {"<< /S /URI /URI (https://example.org/a) >>", "https://example.org/a"},
        {"<< /S /URI /URI (page.html) >>", "https://example.org/page.html"},
        {"<< /S /URI /URI (https://example.org/\303\244) >>", "https://example.org/\xC3\xA4"},
        {"<< /S /URI /URI (https://example.org/\\344) >>", "https://example.org/\xC3\xA4"},
        {"<< /S /GoToR /F (other.pdf) /D [0 /Fit] >>", "other.pdf"},
        {"<< /S /GoToR /F << /F (a.pdf) /UF (b.pdf) >> >>", "b.pdf"},
        {"<< /S /JavaScript /JS (app.alert) >>", NULL},
        {"<< /S /URI >>", NULL},
        {"7", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        small_pdf pdf = begin_file("/URI << /Base (https://example.org/) >>");
        small_pdf_object(&pdf, 6, "<< /A %s >>", cases[i].action);
        open_pdf open;
        open_pdf_init(&open, small_pdf_end(&pdf, "/Root 1 0 R"));
        quire_place place;
        const quire_object *item = quire_objects_fetch(open.pdf.objects, 6, 0);
        bool found = quire_target_find(&open.pdf, item, open.pdf.arena, &place);
        assert_int_equal(found, cases[i].uri != NULL);
        if (found)
            assert_string_equal(place.uri, cases[i].uri);
        open_pdf_close(&open);
        small_pdf_clear(&pdf);
    }
}

/* ---- attachments and forms ---- */

static void attachments_are_listed_once(void **state)
{
    (void)state;
    small_pdf pdf = begin_file("/Names << /EmbeddedFiles << /Names [(first) 6 0 R (second) 7 0 R "
                               "(broken) 9 0 R] >> >> /AF [6 0 R]");
    small_pdf_object(&pdf, 6,
                     "<< /F (old.xml) /UF (invoice.xml) /Desc (what it is) "
                     "/EF << /F 8 0 R >> >>");
    small_pdf_object(&pdf, 7, "<< /EF << /F 10 0 R >> >>");
    small_pdf_stream(&pdf, 8, "/Subtype /text#2Fxml /Params << /Size 1234 >>", "<a/>", 4);
    small_pdf_object(&pdf, 9, "<< /F (gone.txt) >>");
    small_pdf_stream(&pdf, 10, "/Params << /Size -7 >>", "abc", 3);
    open_pdf open;
    open_pdf_init(&open, small_pdf_end(&pdf, "/Root 1 0 R"));
    const quire_facts *facts = quire_pdf_facts(&open.pdf);
    assert_int_equal(facts->attachment_count, 2);
    assert_string_equal(facts->attachments[0].name, "invoice.xml");
    assert_string_equal(facts->attachments[0].description, "what it is");
    assert_string_equal(facts->attachments[0].media_type, "text/xml");
    assert_int_equal(facts->attachments[0].size, 1234);
    assert_string_equal(facts->attachments[1].name, "second");
    assert_null(facts->attachments[1].media_type);
    assert_int_equal(facts->attachments[1].size, -1);
    open_pdf_close(&open);
    small_pdf_clear(&pdf);
}

static void forms_are_noticed(void **state)
{
    (void)state;
    static const struct {
        const char *catalog;
        bool form, xfa;
    } cases[] = {
        {"/AcroForm << /Fields [6 0 R] >>", true, false},
        {"/AcroForm << /Fields [] >>", false, false},
        {"/AcroForm << /Fields [] /XFA 6 0 R >>", true, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        small_pdf pdf = begin_file(cases[i].catalog);
        small_pdf_object(&pdf, 6, "<< /T (name) >>");
        open_pdf open;
        open_pdf_init(&open, small_pdf_end(&pdf, "/Root 1 0 R"));
        const quire_facts *facts = quire_pdf_facts(&open.pdf);
        assert_int_equal(facts->has_form, cases[i].form);
        assert_int_equal(facts->has_xfa, cases[i].xfa);
        open_pdf_close(&open);
        small_pdf_clear(&pdf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_become_iso_8601),
        cmocka_unit_test(the_information_dictionary_is_read),
        cmocka_unit_test(xmp_is_read),
        cmocka_unit_test(hostile_xmp_gives_nothing),
        cmocka_unit_test(labels_are_written_in_their_style),
        cmocka_unit_test(a_file_without_labels_has_none),
        cmocka_unit_test(the_outline_is_flattened_with_levels),
        cmocka_unit_test(destinations_lead_to_a_page_and_a_height),
        cmocka_unit_test(actions_lead_to_addresses),
        cmocka_unit_test(attachments_are_listed_once),
        cmocka_unit_test(forms_are_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
