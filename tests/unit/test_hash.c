/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "cmocka_all.h"

/* The example of FIPS 180-2. */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void sha256_is_the_published_one(void **state)
{
    (void)state;
    assert_string_equal(hash_sha256(STR("abc")).text, ABC);
}

static void a_file_hashes_as_its_bytes(void **state)
{
    (void)state;
    char path[] = "/tmp/test_hash.XXXXXX";
    struct mem mem;
    struct ctx ctx;
    struct sha256_hex hex;
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, "abc", 3) == 3);
    close(fd);
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(hash_sha256_file(&ctx, &hex, path), RSC_OK);
    assert_string_equal(hex.text, ABC);
    unlink(path);
    assert_int_equal(hash_sha256_file(&ctx, &hex, path), RSC_EIO);
    assert_non_null(strstr(ctx.error.message, path));
    ctx_clear(&ctx);
}

static void a_device_is_written_to_and_stays(void **state)
{
    (void)state;
    struct mem mem;
    struct ctx ctx;
    struct stat info;
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(file_replace(&ctx, "/dev/null", STR("x")), RSC_OK);
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
    assert_int_equal(file_replace(&ctx, "/dev/full", STR("x")), RSC_EIO);
    ctx_clear(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_is_the_published_one),
        cmocka_unit_test(a_file_hashes_as_its_bytes),
        cmocka_unit_test(a_device_is_written_to_and_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
