# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT

# The tests of test/api on the ATmega328P: 32 KiB of flash, 2 KiB of RAM, 16
# bits in an int. Included by ../api, whose lists say which tests and options.
# An image has all tests of a program unless it is named here.

# Parts, where the tests together have more data than RAM.
set(avr_parts_cpython_eager 2)
set(avr_parts_debug 2)

# Longer traces than the 160 bytes of console.h.
set(avr_trace_debug 200)

# One of so many steps, where all would take minutes.
set(avr_every_queue_sweep 97)
set(avr_every_timers 37)
set(avr_every_try 997)

# These have smaller numbers of tasks on the ATmega328P (WORLD_SIZE), so they
# run with more of them on the ATmega1284P, which has 16 KiB of RAM.
set(avr_large cancel_self cpython_eager sleep)

# Where there are timers, the other queue with a wider clock, too: its tables are
# 700 bytes larger.
set(avr_radix64 as_completed loop_life sleep)

set(avr_folder ${target_folder}/avr)

# avr_api_image(PROGRAM TEST BOARD board OF test [DEFINES option=value...]
#               [LIBRARY option=value...])    the last for the library, too
function(avr_api_image program name)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "BOARD;OF" "DEFINES;LIBRARY")
    set(test ${arg_OF})
    set(options ASYNC_CHECKS=1 ${api_options_${test}} ${arg_LIBRARY})
    # In a library of their own also because the linker then leaves out all
    # literals that a test does not need, not just all functions.
    async_bodies(bodies LINK board_${arg_BOARD} DEFINES ${options})
    if(avr_trace_${test})
        list(APPEND options WORLD_TRACE_BYTES=${avr_trace_${test}})
    endif()
    if(avr_every_${test})
        list(APPEND options WORLD_EVERY=${avr_every_${test}})
    endif()
    target_program(${program} BOARD ${arg_BOARD}
        SOURCES ${api_folder}/test_${test}.c ${api_sources_${test}}
        DEFINES ${options} ${arg_DEFINES}
        OPTIONS -include ${avr_folder}/console.h)
    target_include_directories(${program} PRIVATE
        ${PROJECT_SOURCE_DIR}/test/support)
    target_link_libraries(${program} PRIVATE ${bodies})
    target_test(api.${name} BOARD ${arg_BOARD} PROGRAM ${program}
        ARGS --limit 60s TIMEOUT 120)
endfunction()

# Part `part` of so many gets its share of the tests in the table.
function(avr_api_part program name part parts test)
    file(STRINGS ${api_folder}/test_${test}.c lines REGEX "TEST\\([a-z]")
    string(REGEX MATCHALL "TEST\\([a-z0-9_]+" names "${lines}")
    list(LENGTH names count)
    math(EXPR i "(${part} - 1) * ${count} / ${parts}")
    math(EXPR end "${part} * ${count} / ${parts}")
    set(picks WORLD_PARTS)
    while(i LESS end)
        list(GET names ${i} pick)
        string(REPLACE "TEST(" "WORLD_PICK_" pick ${pick})
        list(APPEND picks ${pick}=~,1)
        math(EXPR i "${i} + 1")
    endwhile()
    avr_api_image(${program} ${name} BOARD atmega328p OF ${test}
        DEFINES ${picks})
endfunction()

foreach(test ${api_tests})
    set(parts ${avr_parts_${test}})
    if(NOT parts)
        avr_api_image(api_${test}_atmega328p ${test}
            BOARD atmega328p OF ${test})
    else()
        foreach(part RANGE 1 ${parts})
            avr_api_part(api_${test}_${part}_atmega328p ${test}.${part}
                ${part} ${parts} ${test})
        endforeach()
    endif()
endforeach()
foreach(test ${avr_large})
    avr_api_image(api_${test}_atmega1284p ${test} BOARD atmega1284p OF ${test})
endforeach()
avr_api_image(api_timers_radix1_atmega328p timers.radix1
    BOARD atmega328p OF timers
    LIBRARY ASYNC_TIMERS=ASYNC_TIMERS_RADIX ASYNC_TIMERS_RADIX_BITS=1)
foreach(test ${avr_radix64})
    avr_api_image(api_${test}_radix64_atmega1284p ${test}.radix64
        BOARD atmega1284p OF ${test}
        LIBRARY ASYNC_TIMERS=ASYNC_TIMERS_RADIX ASYNC_TICK_BITS=64)
endforeach()
