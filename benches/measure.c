/*
 * Runs a program and tells what it took: `measure FILE PROGRAM ARGUMENT...` appends a line to FILE with the user time in
 * seconds and the peak of its resident memory in KiB. Its exit code is the program's.
 */

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
    struct rusage usage;
    int status;
    if (argc < 3) return EXIT_FAILURE;
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child) return EXIT_FAILURE;
    FILE *file = fopen(argv[1], "a");
    if (file == NULL) return EXIT_FAILURE;
    fprintf(file, "%.4f %ld\n", usage.ru_utime.tv_sec + usage.ru_utime.tv_usec / 1e6, usage.ru_maxrss);
    fclose(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}
