# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT

# async_bodies(VARIABLE [LINK target...] [DEFINES option=value...]
#              [OPTIONS flag...] [SOURCES more files...])
# Stores the name of a library with the library's bodies. They take most of the
# time that a test needs to compile, so all that ask with the same words share
# one.
function(async_bodies variable)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK;DEFINES;OPTIONS;SOURCES")
    list(SORT arg_DEFINES)
    string(MAKE_C_IDENTIFIER
        "bodies_${arg_LINK}_${arg_DEFINES}_${arg_OPTIONS}" name)
    set(${variable} ${name} PARENT_SCOPE)
    if(TARGET ${name})
        return()
    endif()
    set(sources ${PROJECT_SOURCE_DIR}/src/async.c ${arg_SOURCES})
    add_library(${name} STATIC ${sources})
    target_compile_definitions(${name} PRIVATE ${arg_DEFINES})
    target_compile_options(${name} PRIVATE ${arg_OPTIONS})
    target_link_libraries(${name} PRIVATE nanoasync nanoasync_warnings
        ${arg_LINK})
    set_target_properties(${name} PROPERTIES
        C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF
        CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF)
    if(ASYNC_TEST_CXX)
        set_source_files_properties(${sources} PROPERTIES LANGUAGE CXX)
    endif()
endfunction()
