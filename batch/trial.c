/*
 * A document to try things with. Its font is not embedded, so that Poppler must know its widths
 * and look for what stands in for it.
 */
#include "batch/batch.h"

static const char trial[] =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
    "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 46>>stream\n"
    "BT /F 24 Tf 40 100 Td (Quire is well.) Tj ET  \n"
    "endstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "xref\n0 6\n"
    "0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    "0000000214 00000 n \n0000000307 00000 n \n"
    "trailer<</Size 6/Root 1 0 R>>\nstartxref\n369\n%%EOF\n";

quire_bytes quire_trial_document(void)
{
    return (quire_bytes){(const uint8_t *)trial, sizeof trial - 1};
}
