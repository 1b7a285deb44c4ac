// Writes tests/conformance/extensions/text.jsonl, whose values are those of Java's String, Pattern, Long and Double. Made with
// Java 17: `java tests/extensions/TextCases.java > tests/conformance/extensions/text.jsonl`
//
// `find` is `Matcher.find` with `Matcher.group`, `findAll` the groups 0 of `Matcher.results`. A position that cuts a surrogate pair
// in half is an error here, where Java gives half a character.

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

public class TextCases {
    static int count;

    static String json(String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder out = new StringBuilder("\"");
        for (char unit : text.toCharArray()) {
            if (unit < ' ' || unit == '"' || unit == '\\' || unit > '~') {
                out.append(String.format("\\u%04x", (int) unit));
            } else {
                out.append(unit);
            }
        }
        return out.append('"').toString();
    }

    static String json(Object value) {
        if (value instanceof String || value == null) {
            return json((String) value);
        }
        if (value instanceof List) {
            return ((List<?>) value).stream().map(TextCases::json).collect(Collectors.joining(", ", "[", "]"));
        }
        boolean special = value instanceof Double && !Double.isFinite((Double) value);
        return special ? "\"" + value + "\"" : value.toString();
    }

    static String type(Object value) {
        return value instanceof Long ? "LONG" : value instanceof Double ? "DOUBLE" : value instanceof Boolean ? "BOOLEAN"
            : value instanceof List ? "STRING_ARRAY" : "STRING";
    }

    /// A case: parameters are `s`, `t` and `n`, in this order; what throws is an error.
    static void print(String expr, Object[] params, Supplier<Object> value) {
        String rest;
        try {
            Object given = value.get();
            rest = "\"type\": \"" + type(given) + "\", \"value\": " + json(given);
        } catch (RuntimeException refused) {
            rest = "\"error\": \"evaluation\"";
        }
        write(expr, params, rest);
    }

    static void write(String expr, Object[] params, String rest) {
        List<String> given = new ArrayList<>();
        for (Object param : params) {
            String name = param instanceof Long ? "n" : given.isEmpty() ? "s" : "t";
            given.add("\"" + name + "\": " + json(param));
        }
        String all = given.isEmpty() ? "" : ", \"params\": {" + String.join(", ", given) + "}";
        System.out.printf("{\"id\": \"text-%03d\", \"expr\": %s%s, %s}%n", ++count, json(expr), all, rest);
    }

    static void refused(String... exprs) {
        for (String expr : exprs) {
            write(expr, new Object[0], "\"error\": \"evaluation\"");
        }
    }

    /// A null, where only its type is known.
    static void orNull(String expr, Object[] params, Supplier<Object> value) {
        try {
            print(expr, params, value.get() == null ? null : value);
        } catch (RuntimeException refused) {
            write(expr, params, "\"type\": \"NULL\", \"value\": null");
        }
    }

    static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && text.length() == 1) {
                throw new IllegalArgumentException();
            }
        }
        return text;
    }

    static String literal(String pattern) {
        return "'" + pattern.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    static final String[][] SEARCHES = {
        {"a/b/c", "/"}, {"a/b/c", "c"}, {"a/b/c", "x"}, {"", ""}, {"", "a"}, {"abc", ""}, {"aaa", "aa"}, {"abababc", "ababc"},
        {"naïve café", "é"}, {"😀a😀b", "b"}, {"😀a😀b", "😀"}, {"日本語", "語"}, {"ab", "abc"}, {"x\ny", "\n"}, {"e\u0301e", "e"},
    };
    static final long[] POSITIONS = {0, 1, 2, 3, 5, -1, 99, Long.MAX_VALUE, Long.MIN_VALUE};

    static int index(long position) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, position));
    }

    static void positions() {
        for (String[] search : SEARCHES) {
            String s = search[0], t = search[1];
            print("s.indexOf(t)", search, () -> (long) s.indexOf(t));
            for (long from : POSITIONS) {
                print("s.indexOf(t, n)", new Object[] {s, t, from}, () -> (long) s.indexOf(t, index(from)));
            }
        }
        String long_ = "ab".repeat(3000) + "é" + "ab".repeat(3000) + "x";
        print("('ab'.repeat(3000) + 'é' + 'ab'.repeat(3000) + 'x').indexOf('x')", new Object[0], () -> (long) long_.indexOf("x"));
        print("('ab'.repeat(3000) + 'é' + 'ab'.repeat(3000) + 'x').indexOf('é', 4000)", new Object[0], () -> (long) long_.indexOf("é", 4000));
        for (String s : new String[] {"abc", "", "é日", "a😀b"}) {
            for (long at : POSITIONS) {
                print("s.charAt(n)", new Object[] {s, at}, () -> whole(String.valueOf(s.charAt(index(at)))));
            }
        }
        refused("'a'.indexOf(null)", "'a'.indexOf(1)", "'a'.indexOf('a', '0')", "'a'.charAt('0')", "'a'.charAt(null)", "'a'.charAt()",
            "String s; return s.indexOf('a');", "String s; return s.charAt(0);");
    }

    static void looks() {
        String[] blanks = {
            "", " ", "\t\n\u000b\f\r", "\u001c\u001d\u001e\u001f", "\u001b", "\u0000", "\u0085", "\u00a0", "\u1680", "\u2000\u2006", "\u2007",
            "\u2008\u200a", "\u200b", "\u2028\u2029", "\u202f", "\u205f\u3000", "\ufeff", "a", " a ", "  é", "   ", "😀", "\u180e",
        };
        for (String s : blanks) {
            print("s.isBlank()", new Object[] {s}, s::isBlank);
        }
        refused("String s; return s.isBlank();", "'a'.isBlank(1)", "(1).isBlank()");
        String[][] pairs = {
            {"", ""}, {"a", "A"}, {"Prod", "pROD"}, {"a", "b"}, {"a", ""}, {"a", "aa"}, {"ß", "SS"}, {"ß", "ẞ"}, {"straße", "STRASSE"}, {"İ", "i"},
            {"ı", "I"}, {"ı", "i"}, {"K", "k"}, {"Å", "å"}, {"ς", "Σ"}, {"σ", "ς"}, {"é", "É"}, {"e\u0301", "É"}, {"Ǆ", "ǆ"}, {"ǅ", "ǆ"}, {"ﬁ", "FI"},
            {"ŉ", "ʼN"}, {"ᾳ", "ᾼ"}, {"ᾀ", "ᾈ"}, {"ῳ", "ῼ"}, {"ῃ", "ῌ"}, {"ᾳ", "ΑΙ"}, {"µ", "μ"}, {"ÿ", "Ÿ"}, {"Я", "я"}, {"1", "1"}, {"a-b", "A-B"}, {"[", "{"},
            {"𐐀", "𐐨"}, {"😀", "😀"}, {"😀", "😁"}, {"ꭰ", "Ꭰ"}, {"ᲀ", "В"}, {"x\u0000", "X\u0000"}, {"ǰ", "ǰ"}, {"ΰ", "ΰ"},
        };
        for (String[] pair : pairs) {
            print("s.equalsIgnoreCase(t)", pair, () -> pair[0].equalsIgnoreCase(pair[1]));
            print("t.equalsIgnoreCase(s)", pair, () -> pair[1].equalsIgnoreCase(pair[0]));
        }
        print("'a'.equalsIgnoreCase(null)", new Object[0], () -> "a".equalsIgnoreCase(null));
        print("String s; return 'a'.equalsIgnoreCase(s);", new Object[0], () -> "a".equalsIgnoreCase(null));
        refused("String s; return s.equalsIgnoreCase('a');", "'1'.equalsIgnoreCase(1)", "'a'.equalsIgnoreCase()");
        String[] texts = {
            "", "a", "a\nb", "a\n", "\n", "\n\n", "a\r\nb", "a\rb", "a\n\rb", "\r\n\r\n", "\r", "a\r\r\nb", "a\u000bb\fc", "a\u0085b\u2028c", "é\n😀\n日", " \n ", "x\n\ny\n",
        };
        for (String s : texts) {
            print("s.lines()", new Object[] {s}, () -> s.lines().collect(Collectors.toList()));
        }
        print("('ab\\n'.repeat(3000)).lines().length", new Object[0], () -> "ab\n".repeat(3000).lines().count());
        refused("String s; return s.lines();", "'a'.lines(1)");
        for (String s : new String[] {"", "a", "ab", "é", "😀", "a\n"}) {
            for (long n : new long[] {0, 1, 2, 7, 65, -1, Long.MIN_VALUE}) {
                print("s.repeat(n)", new Object[] {s, n}, () -> s.repeat(index(n)));
            }
        }
        print("''.repeat(9223372036854775807)", new Object[0], () -> "".repeat(Integer.MAX_VALUE));
        refused("'a'.repeat(9223372036854775807)", "'ab'.repeat(4611686018427387904)", "'a'.repeat('2')", "'a'.repeat(null)", "'a'.repeat(1.5)",
            "String s; return s.repeat(2);");
    }

    static final String[][] PATTERNS = {
        {"2026-11-23", "(\\d+)-(\\d+)-(\\d+)"}, {"2026-11", "\\d{4}-\\d{2}"}, {"part-0042.csv", "[0-9]+"}, {"abc", "b"}, {"abc", "abc"}, {"abc", "ab|abc"},
        {"abc", "(a)|(b)"}, {"abc", ""}, {"", ""}, {"", "a"}, {"abc", "^"}, {"abc", "$"}, {"abc\n", "c$"}, {"abc\n", "abc"}, {"abc\n", "abc$"}, {"a\nb", "a.b"},
        {"a\nb", "(?s)a.b"}, {"a\nb", "(?m)^b$"}, {"ABC", "(?i)abc"}, {"k: v", "(?<key>\\w+): (?<value>\\w+)"}, {"xay", "(x)(z)?(a)"}, {"aaa", "a*?"}, {"aaa", "a+?a"},
        {"aaa", "(a)(a)*"}, {"😀x", "."}, {"é1è2", "\\p{L}\\d"}, {"a,b;c", "[,;]"}, {"x=1&y=2", "(\\w)=(\\d)"}, {"a b", "a b # c"}, {"ab", "(?x) a b # c"}, {"a.b", "\\Qa.b\\E"},
        {"a.b", "\\Qa.b"}, {"aab", "a*+b"}, {"aa", "a*+"}, {"word words", "\\bword\\b"}, {"foo", "o{2}"}, {"foobar", "foo(?:bar|baz)"}, {"abab", "(ab)+"}, {"", "(a)?"}, {"b", "(a)?b"},
    };

    static void patterns() {
        for (String[] pair : PATTERNS) {
            String s = pair[0], p = pair[1];
            String given = literal(p);
            Supplier<Matcher> matcher = () -> Pattern.compile(p).matcher(s);
            print("s.matches(" + given + ")", new Object[] {s}, () -> s.matches(p));
            print("s.matches(t)", pair, () -> s.matches(p));
            Supplier<Object> all = () -> matcher.get().results().map(result -> result.group()).collect(Collectors.toList());
            print("s.findAll(" + given + ")", new Object[] {s}, all);
            print("s.findAll(t)", pair, all);
            Matcher found = matcher.get();
            boolean any = found.find();
            print("s.find(" + given + ")", new Object[] {s}, () -> any ? found.group() : null);
            print("s.find(t)", pair, () -> any ? found.group() : null);
            for (long group = -1; group <= found.groupCount() + 1; group++) {
                int number = (int) group;
                if (number < 0 || number > found.groupCount()) {
                    write("s.find(t, n)", new Object[] {s, p, group}, "\"error\": \"evaluation\"");
                } else {
                    print("s.find(" + given + ", n)", new Object[] {s, group}, () -> any ? found.group(number) : null);
                }
            }
        }
        String s = "k: v", p = "(?<key>\\w+): (?<value>\\w+)";
        Matcher matcher = Pattern.compile(p).matcher(s);
        matcher.find();
        for (String name : new String[] {"key", "value", "Key", ""}) {
            print("s.find(" + literal(p) + ", t)", new Object[] {s, name}, () -> matcher.group(name));
        }
        print("'x'.find(" + literal(p) + ", 'key')", new Object[0], () -> null);
        print("('x'.repeat(100000) + '7').find('[0-9]')", new Object[0], () -> "7");
        print("('ab'.repeat(10000)).matches('(?:ab)*')", new Object[0], () -> true);
        print("('ab'.repeat(10000) + 'a').matches('(?:ab)*')", new Object[0], () -> false);
        print("('ab'.repeat(5000)).findAll('b').length", new Object[0], () -> 5000L);
        refused("'a'.matches('(')", "'a'.find('(')", "'a'.findAll('[')", "'aa'.matches('(a)\\\\1')", "'a'.find('(?=a)')", "x = '('; return 'a'.matches(x);", "'a'.find(null)",
            "'a'.matches(1)", "'a'.find('a', 1.0)", "'a'.find('a', null)", "String s; return s.find('a');", "String s; return s.findAll('a');", "String s; return s.matches('a');");
    }

    static void reads() {
        String[] numbers = {
            "0", "5", "-5", "+5", "007", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "", " 1", "1 ", "1.0", "1e3", "0x10", "1_000", "1L", "-", "+", "٣", "NaN", "abc", "１２",
        };
        for (String s : numbers) {
            print("s.toLong()", new Object[] {s}, () -> Long.parseLong(s));
            orNull("s.toLongOrNull()", new Object[] {s}, () -> Long.parseLong(s));
        }
        String[] doubles = {
            "0", "-0", "1.5", "-1.5e3", "1e400", "-1e400", "1e-400", "NaN", "Infinity", "-Infinity", "infinity", " 1.5 ", "1.5f", "1.5d", "1,5", "", ".", ".5", "5.", "0x1.8p3", "0x10", "1e", "e1", "1_0",
            "0.1", "4.9E-324", "1.7976931348623157e308", "9007199254740993", "abc", "1.0.0", "\u00a01", "2.2250738585072011e-308",
        };
        for (String s : doubles) {
            print("s.toDouble()", new Object[] {s}, () -> Double.parseDouble(s));
            orNull("s.toDoubleOrNull()", new Object[] {s}, () -> Double.parseDouble(s));
        }
        for (String s : new String[] {"true", "false", "TRUE", "False", "tRuE", "", "yes", "1", " true", "truee", "fals", "ｔrue"}) {
            Supplier<Object> read = () -> {
                if (!Boolean.parseBoolean(s) && !"false".equalsIgnoreCase(s)) {
                    throw new IllegalArgumentException();
                }
                return Boolean.parseBoolean(s);
            };
            print("s.toBoolean()", new Object[] {s}, read);
            orNull("s.toBooleanOrNull()", new Object[] {s}, read);
        }
        refused("String s; return s.toLong();", "String s; return s.toDoubleOrNull();", "String s; return s.toBoolean();", "(1).toLong()", "'1'.toLong(10)");
        Object[][] kinds = {
            {"'a'", true, false, false, false}, {"''", true, false, false, false}, {"1", false, true, false, false}, {"1.5", false, true, false, false},
            {"(0.0 / 0.0)", false, true, false, false}, {"true", false, false, false, false}, {"null", false, false, false, false}, {"new Map()", false, false, true, false},
            {"new long[0]", false, false, false, true}, {"new String[]{'a'}", false, false, false, true}, {"new DateTime(0)", false, false, false, false},
            {"params['s']", true, false, false, false}, {"params['none']", false, false, false, false}, {"Arrays.asList(new double[]{1.5})", false, false, false, true},
            {"new Map().get('x')", false, false, false, false},
        };
        String[] names = {"isText", "isNumber", "isMap", "isList"};
        for (Object[] kind : kinds) {
            for (int i = 0; i < names.length; i++) {
                Object is = kind[i + 1];
                print("(" + kind[0] + ")." + names[i] + "()", new Object[] {"x"}, () -> is);
            }
        }
        for (String name : names) {
            print("String s; return s." + name + "();", new Object[0], () -> false);
            print("Map m; return m." + name + "();", new Object[0], () -> false);
            refused("'a'." + name + "(1)");
        }
    }

    public static void main(String[] arguments) {
        positions();
        looks();
        patterns();
        reads();
    }
}
