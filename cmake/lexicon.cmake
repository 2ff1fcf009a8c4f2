# The words of a lexicon ("= head", "+ modifier", "* sum", "#" comments) as a sorted table in a room.

function(quire_embed_lexicon room file)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(STRINGS ${file} lines ENCODING UTF-8 REGEX "^[=+*] ")
    set(entries)
    foreach(line IN LISTS lines)
        string(SUBSTRING "${line}" 2 -1 word)
        string(SUBSTRING "${line}" 0 1 mark)
        list(APPEND entries "    {\"${word}\", '${mark}'},")
    endforeach()
    list(SORT entries) # by bytes: every entry begins alike, and a quote sorts before letters
    list(JOIN entries "\n" table)
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/lexicon_words.c @ONLY CONTENT
"/* Made from the words of forms by cmake/lexicon.cmake. */
#include \"layout/forms/forms.h\"

const form_word form_words[] = {
@table@
};
const size_t form_word_count = sizeof form_words / sizeof *form_words;
")
    target_sources(${room} PRIVATE ${PROJECT_BINARY_DIR}/lexicon_words.c)
endfunction()
