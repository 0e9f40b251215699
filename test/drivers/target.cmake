# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT

# The drivers on emulated peripherals: included by test/target/CMakeLists.txt.
# Lines, timeouts and noise of the UARTs, and the watchdogs, are tested by
# samples/uart_echo and samples/sensors.
set(drivers ${PROJECT_SOURCE_DIR}/samples/drivers)
set(driver_tests ${PROJECT_SOURCE_DIR}/test/drivers/target)

# A writer that is cancelled at 80 times, on the UART of each board: at least
# CUT times in the middle of its text. In QEMU a byte takes no time, so its
# interrupts leave none in between.
foreach(board ${target_boards})
    set(cut 0)
    if(board STREQUAL "microbit")
        set(folders ${boards_folder}/cortex_m ${drivers}/hw/nrf51)
    elseif(board MATCHES "^mps2")
        set(folders ${boards_folder}/cortex_m ${drivers}/hw/cmsdk)
    elseif(board STREQUAL "virt")
        set(folders ${boards_folder}/riscv ${drivers}/hw/ns16550)
    else()
        set(folders ${boards_folder}/atmega328p ${drivers}/hw/atmega)
        set(cut 60)
    endif()
    target_program(driver_uart_${board} BOARD ${board}
        SOURCES ${driver_tests}/uart.c ${drivers}/uart.c
        DEFINES STEP=40 CUT=${cut})
    target_include_directories(driver_uart_${board} PRIVATE ${drivers}
        ${folders})
    string(REPLACE "@ARGS@" "" command "${emulator_${board}}")
    string(REPLACE "@OPTIONS@" "" command "${command}")
    add_test(NAME ${board}.driver.uart
        COMMAND Python3::Interpreter ${driver_tests}/check_sent.py
            ${command} $<TARGET_FILE:driver_uart_${board}>)
endforeach()

if(NOT CMAKE_SYSTEM_PROCESSOR STREQUAL "avr")
    return()
endif()

# The others on an ATmega328P under simavr, which times its peripherals as the
# data sheet does.

# driver_program(NAME DRIVER driver [DEFINES option=value...])
function(driver_program name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "DRIVER" "DEFINES")
    target_program(driver_${name} BOARD atmega328p
        SOURCES ${driver_tests}/${arg_DRIVER}.c ${drivers}/${arg_DRIVER}.c
        DEFINES ${arg_DEFINES})
    target_include_directories(driver_${name} PRIVATE ${drivers}
        ${drivers}/hw/atmega ${boards_folder}/atmega328p)
endfunction()

driver_program(adc DRIVER adc)
target_test(driver.adc BOARD atmega328p PROGRAM driver_adc
    ARGS --at 1ms adc:0=1500 --expect vector21=100)

# Two clicks that bounce, a pulse of 5 ms, and a storm behind the end. One
# interrupt for each of the two presses, two releases and the pulse.
driver_program(button DRIVER button)
target_test(driver.button BOARD atmega328p PROGRAM driver_button
    EXPECT ${driver_tests}/button.txt
    ARGS --at 1ms pin:D2=1
        --at 100ms pin:D2=0 --at 101ms pin:D2=1 --at 103ms pin:D2=0
        --at 300ms pin:D2=1 --at 302ms pin:D2=0 --at 303ms pin:D2=1
        --at 400ms pin:D2=0 --at 405ms pin:D2=1
        --at 500ms pin:D2=0 --at 501ms pin:D2=1 --at 502ms pin:D2=0
        --at 600ms pin:D2=1
        --at 640ms pin:D2=0 --at 641ms pin:D2=1 --at 642ms pin:D2=0
        --expect vector1=5)

driver_program(i2c DRIVER i2c)
target_test(driver.i2c BOARD atmega328p PROGRAM driver_i2c
    ARGS --i2c 0x48=00 --expect i2c_busy=0 --expect i2c_stops=802)
driver_program(i2c_hangs DRIVER i2c DEFINES HANGS=1)
target_test(driver.i2c_hangs BOARD atmega328p PROGRAM driver_i2c_hangs
    ARGS --i2c 0x48=00 --i2c-hang 2)

# The transmit interrupt at every cycle.
target_program(driver_uart_sweep BOARD atmega328p
    SOURCES ${driver_tests}/uart_sweep.c ${drivers}/uart.c)
target_include_directories(driver_uart_sweep PRIVATE ${drivers}
    ${driver_tests}/counting)
target_test(driver.uart_sweep BOARD atmega328p PROGRAM driver_uart_sweep
    TIMEOUT 60 ARGS --sweep --limit 5ms)
target_program(driver_uart_unlocked BOARD atmega328p
    SOURCES ${driver_tests}/uart_sweep.c ${driver_tests}/uart_unlocked.c)
target_include_directories(driver_uart_unlocked PRIVATE ${drivers}
    ${driver_tests}/counting)
target_test(driver.uart_sweep_sees BOARD atmega328p
    PROGRAM driver_uart_unlocked TIMEOUT 60
    ARGS --sweep --limit 5ms --expect-bad)
