# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT

# The samples that are firmware, for every board of this configuration, and
# tests that run them: included by test/target/CMakeLists.txt.
set(samples ${PROJECT_SOURCE_DIR}/samples)

# The include path: clock.h and the like for its CPU, and its drivers.
function(board_folders variable board)
    set(drivers ${samples}/drivers/hw)
    if(board STREQUAL "microbit")
        set(folders ${samples}/boards/microbit ${samples}/boards/cortex_m
            ${drivers}/nrf51)
    elseif(board MATCHES "^mps2")
        set(folders ${samples}/boards/cortex_m ${drivers}/cmsdk)
    elseif(board STREQUAL "virt")
        set(folders ${samples}/boards/riscv ${drivers}/ns16550
            ${drivers}/none)
    else()
        set(folders ${samples}/boards/atmega328p ${drivers}/atmega)
    endif()
    set(${variable} ${folders} ${samples}/drivers PARENT_SCOPE)
endfunction()

# Stores the emulator's command for a board, with options of avr_run.
function(emulator_command variable board)
    string(REPLACE "@ARGS@" "" command "${emulator_${board}}")
    string(REPLACE "@OPTIONS@" "${ARGN}" command "${command}")
    set(${variable} ${command} PARENT_SCOPE)
endfunction()

# firmware_sample(NAME BOARD board [VARIANT suffix] [SOURCES file...]
#                 [OPTIONS flag...] [VIRTUAL_TIME])
# The program NAME_BOARD, or NAME_VARIANT_BOARD, of samples/NAME/main.c.
# run_NAME_BOARD builds it and runs it in the emulator: in real time, but with
# VIRTUAL_TIME as the tests do (QEMU).
function(firmware_sample name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "VIRTUAL_TIME" "BOARD;VARIANT"
        "SOURCES;OPTIONS")
    set(program ${name}_${arg_BOARD})
    if(arg_VARIANT)
        set(program ${name}_${arg_VARIANT}_${arg_BOARD})
    endif()
    target_program(${program} BOARD ${arg_BOARD}
        SOURCES ${samples}/${name}/main.c ${arg_SOURCES}
        OPTIONS ${arg_OPTIONS})
    board_folders(folders ${arg_BOARD})
    target_include_directories(${program} PRIVATE ${folders})

    emulator_command(emulator ${arg_BOARD})
    list(FIND emulator -icount at)
    if(NOT arg_VIRTUAL_TIME AND NOT at EQUAL -1)
        list(REMOVE_AT emulator ${at})
        list(REMOVE_AT emulator ${at})
    endif()
    add_custom_target(run_${program} USES_TERMINAL
        COMMAND ${emulator} $<TARGET_FILE:${program}>)
    add_dependencies(run_${program} ${program})
endfunction()

# firmware_session(TEST BOARD board PROGRAM program SESSION file [STATUS n]
#                  [OPTIONS word...] [BREAKS])
# The test BOARD.TEST: a conversation with the program (run_firmware.py).
# OPTIONS are for avr_run. With BREAKS, \x01b in the session is not two bytes
# but a break, which a UART takes for a damaged byte (QEMU).
function(firmware_session test)
    cmake_parse_arguments(PARSE_ARGV 1 arg "BREAKS"
        "BOARD;PROGRAM;SESSION;STATUS" "OPTIONS")
    if(NOT arg_STATUS)
        set(arg_STATUS 0)
    endif()
    emulator_command(emulator ${arg_BOARD} ${arg_OPTIONS})
    if(arg_BREAKS)
        string(REPLACE "-monitor;none;-serial;stdio" "-serial;mon:stdio"
            emulator "${emulator}")
    endif()
    add_test(NAME ${arg_BOARD}.${test}
        COMMAND Python3::Interpreter ${samples}/run_firmware.py
            --status ${arg_STATUS} ${arg_SESSION}
            ${emulator} $<TARGET_FILE:${arg_PROGRAM}>)
endfunction()

foreach(board ${target_boards})
    firmware_sample(blink BOARD ${board})
    firmware_sample(blink BOARD ${board} VARIANT console
        OPTIONS -include ${samples}/blink/console_led.h)
    if(board STREQUAL "virt") # which has no LED
        target_test(sample.blink BOARD ${board} PROGRAM blink_console_${board}
            EXPECT ${samples}/blink/expected.txt UNTIL)
    else()
        set_target_properties(blink_console_${board} PROPERTIES
            EXCLUDE_FROM_ALL ON)
        emulator_command(emulator ${board})
        add_test(NAME ${board}.sample.blink
            COMMAND Python3::Interpreter ${samples}/watch_led.py
                ${samples}/blink/expected.txt
                ${emulator} $<TARGET_FILE:blink_${board}>)
    endif()
    firmware_sample(uart_echo BOARD ${board}
        SOURCES ${samples}/drivers/uart.c)
    firmware_session(sample.uart_echo BOARD ${board}
        PROGRAM uart_echo_${board} SESSION ${samples}/uart_echo/session.txt)
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL "avr") # where texts take RAM
        add_test(NAME ${board}.sample.uart_echo_texts COMMAND grep -q -E
            "generator is exhausted|waits for future"
            $<TARGET_FILE:uart_echo_${board}>)
        set_tests_properties(${board}.sample.uart_echo_texts PROPERTIES
            WILL_FAIL TRUE) # to find texts that the program never asks for
    endif()
    if(board MATCHES "^(microbit|virt)$") # whose emulators have noise
        firmware_session(sample.uart_echo_noise BOARD ${board} BREAKS
            PROGRAM uart_echo_${board} SESSION ${samples}/uart_echo/noise.txt)
    endif()
    firmware_sample(sensors BOARD ${board}
        SOURCES ${samples}/drivers/uart.c ${samples}/drivers/watchdog.c)
    if(board MATCHES "^(microbit|virt)$") # whose emulators have no watchdog
        target_test(sample.sensors BOARD ${board} PROGRAM sensors_${board}
            EXPECT ${samples}/sensors/no_watchdog.txt)
    else()
        set(resets "")
        if(CMAKE_SYSTEM_PROCESSOR STREQUAL "avr")
            set(resets ARGS --resets 2)
        endif()
        target_test(sample.sensors BOARD ${board} PROGRAM sensors_${board}
            EXPECT ${samples}/sensors/expected.txt UNTIL ${resets})
    endif()
    if(NOT CMAKE_SYSTEM_PROCESSOR STREQUAL "avr") # it has one level
        firmware_sample(priority BOARD ${board} VIRTUAL_TIME)
        firmware_session(sample.priority BOARD ${board}
            PROGRAM priority_${board}
            SESSION ${samples}/priority/expected.txt)
    endif()
endforeach()

# What the READMEs say, for the boards they say it for.
function(firmware_readme name)
    foreach(board ${ARGN})
        if(board IN_LIST target_boards)
            add_test(NAME ${board}.sample.${name}_readme
                COMMAND Python3::Interpreter ${samples}/check_firmware.py
                    ${name} ${board})
        endif()
    endforeach()
endfunction()

firmware_readme(blink microbit mps2-an386 virt atmega328p)
firmware_readme(uart_echo microbit mps2-an386 virt atmega328p)
firmware_readme(sensors microbit mps2-an386 virt atmega328p)
firmware_readme(priority microbit mps2-an386 virt)
firmware_readme(new_port microbit)

# A port of its own, for one board.
if("microbit" IN_LIST target_boards)
    firmware_sample(new_port BOARD microbit)
    target_test(sample.new_port BOARD microbit PROGRAM new_port_microbit
        EXPECT ${samples}/new_port/expected.txt)
endif()
