/* SPDX-License-Identifier: MIT */
#include "css_colour.h"

#include <math.h>
#include <stdlib.h>

#include "look.h"

struct colour_name {
    const char *name;
    uint32_t rgb;
};

/* The usual ones, and all that can hardly be told from white. */
static const struct colour_name colour_names[] = {
    {"white", 0xffffff},         {"black", 0},
    {"red", 0xff0000},           {"green", 0x008000},
    {"blue", 0x0000ff},          {"yellow", 0xffff00},
    {"gray", 0x808080},          {"grey", 0x808080},
    {"silver", 0xc0c0c0},        {"navy", 0x000080},
    {"whitesmoke", 0xf5f5f5},    {"snow", 0xfffafa},
    {"ivory", 0xfffff0},         {"ghostwhite", 0xf8f8ff},
    {"teal", 0x008080},          {"floralwhite", 0xfffaf0},
    {"maroon", 0x800000},        {"purple", 0x800080},
    {"lightgray", 0xd3d3d3},     {"lightgrey", 0xd3d3d3},
    {"darkgray", 0xa9a9a9},      {"orange", 0xffa500},
    {"aliceblue", 0xf0f8ff},     {"azure", 0xf0ffff},
    {"mintcream", 0xf5fffa},     {"honeydew", 0xf0fff0},
    {"lavenderblush", 0xfff0f5}, {"seashell", 0xfff5ee},
    {"oldlace", 0xfdf5e6},       {"linen", 0xfaf0e6},
    {"lightyellow", 0xffffe0},   {"lightcyan", 0xe0ffff},
    {"cornsilk", 0xfff8dc},      {"beige", 0xf5f5dc},
    {"lemonchiffon", 0xfffacd},  {"papayawhip", 0xffefd5},
};

static struct canvas_colour from_rgb(uint32_t v)
{
    return (struct canvas_colour){(float)(v >> 16 & 255) / 255,
                                  (float)(v >> 8 & 255) / 255,
                                  (float)(v & 255) / 255, true};
}

bool css_number_take(struct str *s, float *out)
{
    char text[24];
    char *end;
    size_t n = s->len < sizeof(text) - 1 ? s->len : sizeof(text) - 1;

    memcpy(text, s->data, n);
    text[n] = '\0';
    float value = strtof(text, &end);
    if (end == text || !(value > -1e6f && value < 1e6f))
        return false;
    *out = value;
    *s = str_slice(*s, (size_t)(end - text), s->len);
    return true;
}

/* The numbers in the brackets of s, without their units; how many there are. */
static int read_numbers(float v[4], bool *is_percent, struct str s)
{
    size_t at = str_find(s, STR("("), 0);
    int n = 0;

    *is_percent = false;
    for (at = at == SIZE_MAX ? s.len : at + 1; at < s.len && n < 4; at++) {
        struct str rest = str_slice(s, at, s.len);
        if (s.data[at] == ' ' || !css_number_take(&rest, &v[n]))
            continue;
        *is_percent |= n < 3 && str_starts(rest, STR("%"));
        if (n == 3 && str_starts(rest, STR("%")))
            v[n] /= 100;
        at = s.len - rest.len;
        n++;
    }
    return n;
}

static float clamp(float v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

/* One of red, green and blue of a hue of 0 to 12 twelfths: n is 0, 8 and 4. */
static float channel(float n, float hue, float saturation, float lightness)
{
    float k = fmodf(n + hue, 12);
    float reach = saturation * fminf(lightness, 1 - lightness);

    return lightness - reach * fmaxf(-1, fminf(fminf(k - 3, 9 - k), 1));
}

static bool read_function(struct canvas_colour *out, struct str s)
{
    float v[4] = {0, 0, 0, 1};
    bool is_percent, is_hsl = str_starts_nocase(s, STR("hsl"));

    if ((!is_hsl && !str_starts_nocase(s, STR("rgb"))) ||
        read_numbers(v, &is_percent, s) < 3)
        return false;
    float unit = is_percent ? 100 : 255;
    *out = (struct canvas_colour){v[0] / unit, v[1] / unit, v[2] / unit,
                                  v[3] > 0.95f};
    if (is_hsl) {
        float hue = fmodf(fmodf(v[0], 360) + 360, 360) / 30;
        float saturation = clamp(v[1] / 100), lightness = clamp(v[2] / 100);
        out->r = channel(0, hue, saturation, lightness);
        out->g = channel(8, hue, saturation, lightness);
        out->b = channel(4, hue, saturation, lightness);
    }
    if (v[3] < 0.1f)
        *out = (struct canvas_colour){1, 1, 1, true};
    return true;
}

bool css_colour_read(struct canvas_colour *out, struct str s)
{
    char hex[8] = "";

    s = str_trim(s);
    if (s.len == 7 && s.data[0] == '#') {
        memcpy(hex, s.data + 1, 6);
        return look_colour(out, hex);
    }
    if (s.len == 4 && s.data[0] == '#') {
        for (int i = 0; i < 6; i++)
            hex[i] = s.data[1 + i / 2];
        return look_colour(out, hex);
    }
    for (size_t i = 0; i < sizeof(colour_names) / sizeof(colour_names[0]);
         i++) {
        if (str_eq_nocase(s, str_of(colour_names[i].name))) {
            *out = from_rgb(colour_names[i].rgb);
            return true;
        }
    }
    return read_function(out, s);
}
