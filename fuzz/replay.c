/* SPDX-License-Identifier: MIT */
/*
 * Runs a fuzz target over the files of tests/regress/<entry>, where <entry>
 * is the program's name without "fuzz_". The fuzzer's own main is replaced by
 * this one, so that past findings are tested without a fuzzer.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    /* Exactly as many bytes as the file has, for the sanitizer. */
    uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
    size_t got = data && size > 0 ? fread(data, 1, (size_t)size, file) : 0;
    fclose(file);
    if (data)
        LLVMFuzzerTestOneInput(data, got);
    free(data);
    return data && got == (size_t)size ? 0 : -1;
}

int main(int argc, char **argv)
{
    char folder[512], path[1024];
    int n = 0, failed = 0;
    const char *name = strrchr(argv[0], '/');

    name = name ? name + 1 : argv[0];
    if (strncmp(name, "fuzz_", 5) == 0)
        name += 5;
    snprintf(folder, sizeof(folder), "%s/%s",
             argc > 1 ? argv[1] : "tests/regress", name);
    /* The empty input is a finding that every target must survive. */
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    printf("ok %d - empty input\n", ++n);
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
        int bad = run_file(path);
        printf("%sok %d - %s\n", bad ? "not " : "", ++n, e->d_name);
        failed |= bad;
    }
    if (dir)
        closedir(dir);
    return failed ? 1 : 0;
}
