# One static library per room. A room's sources are the C (and, in parsers/, C++) files in its
# folder, so that a new file needs no line here.

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# -ffp-contract=off: the same bytes from the same input on machines with and without fused
# multiply-add. -fno-semantic-interposition: nobody replaces a function of ours, so that those of
# one file may be inlined although the code is position independent.
set(QUIRE_FLAGS -Wall -Wextra -Wshadow -Wpointer-arith -Wwrite-strings -Wvla -ffp-contract=off
    -fno-semantic-interposition)
set(QUIRE_C_FLAGS -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition)
if(QUIRE_WERROR)
    list(APPEND QUIRE_FLAGS -Werror)
endif()
if(QUIRE_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined
        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
endif()
if(QUIRE_FUZZ)
    # Clang objects to NULL + 0, the start of an empty slice; gcc does not.
    add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize=pointer-overflow)
endif()

function(quire_flags target)
    target_compile_options(${target} PRIVATE ${QUIRE_FLAGS}
        $<$<COMPILE_LANGUAGE:C>:${QUIRE_C_FLAGS}>)
    target_compile_definitions(${target} PRIVATE _GNU_SOURCE)
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}
        ${PROJECT_SOURCE_DIR}/include)
    get_target_property(type ${target} TYPE)
    if(QUIRE_SANITIZE AND type STREQUAL EXECUTABLE)
        target_sources(${target} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/sanitizers.c)
    endif()
endfunction()

# quire_room(NAME [RECURSIVE] [APART] [ROOMS room...] [LIBRARIES target...])
# APART: no part of libquire.
function(quire_room name)
    cmake_parse_arguments(room "RECURSIVE;APART" "" "ROOMS;LIBRARIES" ${ARGN})
    set(kind GLOB)
    if(room_RECURSIVE)
        set(kind GLOB_RECURSE)
    endif()
    file(${kind} sources CONFIGURE_DEPENDS ${name}/*.c ${name}/*.cc)
    add_library(${name} STATIC ${sources})
    set_target_properties(${name} PROPERTIES OUTPUT_NAME quire-${name})
    quire_flags(${name})
    target_link_libraries(${name} PUBLIC ${room_ROOMS} PRIVATE ${room_LIBRARIES})
    if(NOT room_APART)
        set_property(GLOBAL APPEND PROPERTY QUIRE_ROOMS ${name})
    endif()
endfunction()

# libquire, shared and static, from the objects of all rooms.
function(quire_library)
    get_property(rooms GLOBAL PROPERTY QUIRE_ROOMS)
    set(libraries PkgConfig::POPPLER PkgConfig::XML PkgConfig::GLIB PkgConfig::ICU
        PkgConfig::NETTLE PkgConfig::LEPTONICA PkgConfig::JANSSON ZLIB::ZLIB ${CMAKE_DL_LIBS} m)
    foreach(kind SHARED STATIC)
        string(TOLOWER quire-${kind} target)
        add_library(${target} ${kind})
        set_target_properties(${target} PROPERTIES OUTPUT_NAME quire LINKER_LANGUAGE CXX)
        foreach(room ${rooms})
            target_sources(${target} PRIVATE $<TARGET_OBJECTS:${room}>)
        endforeach()
        target_link_libraries(${target} PRIVATE ${libraries})
        target_include_directories(${target} INTERFACE ${PROJECT_SOURCE_DIR}/include)
    endforeach()
    set_target_properties(quire-shared PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION 0)
    if(NOT APPLE)
        target_link_options(quire-shared PRIVATE
            -Wl,--version-script=${PROJECT_SOURCE_DIR}/cmake/quire.map)
        set_property(TARGET quire-shared APPEND PROPERTY
            LINK_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/quire.map)
    endif()
    # Relative, so that the folder may be moved; and without Requires, since the header needs no
    # other library's headers.
    file(RELATIVE_PATH QUIRE_PC_TO_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
    configure_file(cmake/quire.pc.in quire.pc @ONLY)
    install(TARGETS quire-shared quire-static)
    install(FILES include/quire/quire.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/quire)
    install(FILES ${PROJECT_BINARY_DIR}/quire.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()

# Lets libraries that are loaded later call the functions of ocr/serial.c.
function(quire_exports_serial_openmp target)
    foreach(name GOMP_parallel GOMP_parallel_sections GOMP_sections_next GOMP_sections_end_nowait
            omp_get_thread_num omp_get_num_threads)
        target_link_options(${target} PRIVATE -Wl,--export-dynamic-symbol=${name})
    endforeach()
endfunction()

# The completions of one shell, written by the program itself.
function(quire_completions shell path)
    set(file ${PROJECT_BINARY_DIR}/completions/${shell})
    add_custom_command(OUTPUT ${file} DEPENDS quire
        COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/completions
        COMMAND quire completions ${shell} > ${file})
    add_custom_target(completions-${shell} ALL DEPENDS ${file})
    cmake_path(GET path PARENT_PATH folder)
    cmake_path(GET path FILENAME name)
    install(FILES ${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder} RENAME ${name})
endfunction()

function(quire_program)
    file(GLOB sources CONFIGURE_DEPENDS cli/*.c)
    add_executable(quire ${sources})
    quire_flags(quire)
    target_link_libraries(quire PRIVATE PkgConfig::JANSSON batch pipeline PkgConfig::GLIB)
    quire_exports_serial_openmp(quire)
    pkg_get_variable(poppler_data poppler-data poppler_datadir)
    if(NOT poppler_data)
        set(poppler_data /usr/share/poppler)
    endif()
    target_compile_definitions(quire PRIVATE QUIRE_POPPLER_DATA="${poppler_data}")
    install(TARGETS quire)
    install(FILES docs/man/quire.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    quire_completions(bash bash-completion/completions/quire)
    quire_completions(zsh zsh/site-functions/_quire)
    quire_completions(fish fish/vendor_completions.d/quire.fish)
endfunction()
