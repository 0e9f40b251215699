# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT

# The emulator, built by this machine's compiler: CMake's is avr-gcc here.
find_program(ASYNC_HOST_CC NAMES cc gcc clang)
set(avr_run ${CMAKE_CURRENT_BINARY_DIR}/avr_run)
file(GLOB avr_run_sources CONFIGURE_DEPENDS ${target_folder}/avr/*.c)
add_custom_command(OUTPUT ${avr_run} VERBATIM
    COMMAND ${ASYNC_HOST_CC} -std=gnu11 -O2 -Wall -Wextra -Werror -o ${avr_run}
        ${target_folder}/avr/main.c ${target_folder}/avr/chip.c
        ${target_folder}/avr/inputs.c ${target_folder}/avr/i2c.c
        ${target_folder}/avr/report.c ${target_folder}/avr/sweep.c
        ${target_folder}/avr/watch.c
        -lsimavr -lelf
    DEPENDS ${avr_run_sources})
add_custom_target(avr_run_tool ALL DEPENDS ${avr_run})

# The Arduino Uno's chip, and one of the same core for what is too large for
# it: 16 KiB of RAM and 128 KiB of flash instead of 2 and 32.
foreach(mcu atmega328p atmega1284p)
    board(${mcu} HEADER atmega328p
        CPU -mmcu=${mcu}
        DEFINES F_CPU=16000000UL
        EMULATOR ${avr_run} @OPTIONS@ ${mcu} 16000000)
endforeach()
