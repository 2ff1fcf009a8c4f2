# A file as a C string in a room: exporters/inner.h declares it.

function(quire_embed_text room symbol file)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(REPLACE "\\" "\\\\" text "${text}")
    string(REPLACE "\"" "\\\"" text "${text}")
    string(REPLACE "\n" "\\n\"\n    \"" text "${text}")
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/${symbol}.c @ONLY CONTENT
"/* Made from a file by cmake/embed.cmake. */
#include \"exporters/inner.h\"

const char @symbol@[] =
    \"@text@\";
")
    target_sources(${room} PRIVATE ${PROJECT_BINARY_DIR}/${symbol}.c)
endfunction()
