# quire_test(NAME SECONDS COMMAND ...): a test with a timeout. Sanitizers get ten times as long.

if(QUIRE_SANITIZE)
    set(QUIRE_PATIENCE 10)
else()
    set(QUIRE_PATIENCE 1)
endif()

function(quire_test name seconds)
    add_test(NAME ${name} ${ARGN})
    math(EXPR seconds "${seconds} * ${QUIRE_PATIENCE}")
    set_tests_properties(${name} PROPERTIES TIMEOUT ${seconds})
endfunction()
