# The JSON Schema as a C string in a room, so that the program can print the schema that it keeps.

function(quire_embed_schema room file)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(REPLACE "\\" "\\\\" text "${text}")
    string(REPLACE "\"" "\\\"" text "${text}")
    string(REPLACE "\n" "\\n\"\n    \"" text "${text}")
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/schema_text.c @ONLY CONTENT
"/* Made from the JSON Schema by cmake/schema.cmake. */
#include \"exporters/inner.h\"

const char quire_schema_text[] =
    \"@text@\";
")
    target_sources(${room} PRIVATE ${PROJECT_BINARY_DIR}/schema_text.c)
endfunction()
