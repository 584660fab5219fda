/*
 * Runs a program and tells what it took: `measure FILE PROGRAM ARGUMENT...` appends a line to FILE with the user time in
 * seconds and the peak of its resident memory in KiB. Its exit code is the program's.
 *
 * The kernel counts resident pages for each processor apart and looks at their sum only when enough have come together,
 * so that the peak it reports at the end (ru_maxrss) may lack some hundred KiB, now more and now less. What it says of a
 * running process is exact (in kernels of these years), so that is read every millisecond, too, and the larger one counts.
 */

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What process `id` has resident, in KiB; 0 when it has ended. */
static long resident(pid_t id) {
    char path[64], line[256];
    long size = 0;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)id);
    FILE *status = fopen(path, "r");
    if (status == NULL) return 0;
    while (fgets(line, sizeof line, status) != NULL) {
        if (sscanf(line, "VmRSS: %ld", &size) == 1) break;
    }
    fclose(status);
    return size;
}

int main(int argc, char **argv) {
    const struct timespec millisecond = {0, 1000000};
    struct rusage usage;
    int status;
    long peak = 0;
    if (argc < 3) return EXIT_FAILURE;
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0) return EXIT_FAILURE;
    pid_t ended;
    while ((ended = wait4(child, &status, WNOHANG, &usage)) == 0) {
        long size = resident(child);
        if (size > peak) peak = size;
        nanosleep(&millisecond, NULL);
    }
    if (ended != child) return EXIT_FAILURE;
    if (usage.ru_maxrss > peak) peak = usage.ru_maxrss;
    FILE *file = fopen(argv[1], "a");
    if (file == NULL) return EXIT_FAILURE;
    fprintf(file, "%.4f %ld\n", usage.ru_utime.tv_sec + usage.ru_utime.tv_usec / 1e6, peak);
    fclose(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}
