// Makes tests/conformance/extensions/dates.jsonl: what Java 17 and Joda-Time 2.10.14 make of dates, hours and durations.
//
//     java -cp joda-time-2.10.14.jar tests/extensions/Dates.java > tests/conformance/extensions/dates.jsonl
//
// The rules that are not theirs: a date int has eight digits and its year is 1000 to 9999, read as a number or a text alike; working
// days are Monday to Friday less the holidays; with a negative step a range is walked as by Util.dateIntsBetween.

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.joda.time.Days;
import org.joda.time.Duration;
import org.joda.time.Hours;
import org.joda.time.LocalDate;
import org.joda.time.Minutes;
import org.joda.time.Months;
import org.joda.time.format.DateTimeFormat;

public class Dates {
    static final Set<String> IDS = new HashSet<>();

    /** Dates of edges: of months, years, leap years, weeks, and of what a date int can say. */
    static final long[] DAYS = {
        10000101, 10000131, 10001231, 15000228, 15821004, 15821015, 17520903, 19000228, 19000301, 19691231, 19700101, 19991231,
        20000229, 20191229, 20191230, 20200101, 20200131, 20200228, 20200229, 20200301, 20200330, 20200331, 20200430, 20200501,
        20200630, 20200701, 20200930, 20201001, 20201130, 20201231, 20210131, 20210228, 20231231, 20240229, 21000228, 99990228,
        99991129, 99991201, 99991231,
    };

    /** What is not a date int, written as in a program. */
    static final String[] NO_DAYS = {
        "20200230", "20210229", "20200431", "20201301", "20200001", "20200100", "0", "-20200101", "202001", "2020010", "202001011",
        "9223372036854775807", "99999999", "''", "'x'", "'2020-01-01'", "'00010101'", "'09991231'", "' 2020010'", "'2020010 '",
        "'+2020010'", "'-2020010'", "'2020 1 1'", "'2020010\\uff11'", "'\\uff12\\uff10\\uff12\\uff10\\uff10\\uff11\\uff10\\uff11'",
        "'20200101\\n'", "'\\ud83d\\ude00'", "'19000229'", "'20200132'",
    };

    static LocalDate date(Object digits) {
        String text = digits.toString();
        if (!text.matches("[1-9][0-9]{7}")) {
            throw new IllegalArgumentException(text);
        }
        java.time.LocalDate date = java.time.LocalDate.parse(
            text, DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT));
        return new LocalDate(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    static long digits(LocalDate date) {
        if (date.getYear() < 1000 || date.getYear() > 9999) {
            throw new ArithmeticException(date.toString());
        }
        return date.getYear() * 10_000L + date.getMonthOfYear() * 100 + date.getDayOfMonth();
    }

    static boolean isWorked(LocalDate date, Set<LocalDate> holidays) {
        return date.getDayOfWeek() <= 5 && !holidays.contains(date);
    }

    static LocalDate worked(LocalDate date, int direction, Set<LocalDate> holidays) {
        do {
            date = date.plusDays(direction);
        } while (!isWorked(date, holidays));
        return date;
    }

    static Set<LocalDate> holidays(Object... digits) {
        Set<LocalDate> holidays = new HashSet<>();
        for (Object each : digits) {
            holidays.add(date(each));
        }
        return holidays;
    }

    /** The values from one to another as a walk in steps has them. */
    static List<Long> walk(long from, long to, long step, boolean inclusive) {
        if (step == 0) {
            throw new IllegalArgumentException();
        }
        List<Long> values = new ArrayList<>();
        if (step > 0) {
            for (long at = from; inclusive ? at <= to : at < to; at += step) {
                values.add(at);
            }
            return values;
        }
        for (long at = to; inclusive ? at <= from : at < from; at -= step) {
            values.add(at);
        }
        Collections.reverse(values);
        return values;
    }

    static final LocalDate EPOCH = new LocalDate(1970, 1, 1);

    static List<Long> dates(long from, long to, long step) {
        long first = Days.daysBetween(EPOCH, date(from)).getDays();
        long last = Days.daysBetween(EPOCH, date(to)).getDays();
        return walk(first, last, step, true).stream().map(day -> digits(EPOCH.plusDays(day.intValue()))).collect(Collectors.toList());
    }

    static List<Long> hours(Object from, Object to, long step) {
        return walk(hour(from), hour(to), step, false).stream().map(hour -> {
            DateTime at = new DateTime(hour * 3_600_000, DateTimeZone.UTC);
            return digits(at.toLocalDate()) * 100 + at.getHourOfDay();
        }).collect(Collectors.toList());
    }

    static long hour(Object digits) {
        String text = digits.toString();
        if (!text.matches("[1-9][0-9]{9}")) {
            throw new IllegalArgumentException(text);
        }
        int hour = Integer.parseInt(text.substring(8));
        DateTime midnight = date(text.substring(0, 8)).toDateTimeAtStartOfDay(DateTimeZone.UTC);
        return midnight.withHourOfDay(hour).getMillis() / 3_600_000;
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char unit : text.toCharArray()) {
            if (unit == '"' || unit == '\\') {
                quoted.append('\\').append(unit);
            } else if (unit < ' ' || unit > '~') {
                quoted.append(String.format("\\u%04x", (int) unit));
            } else {
                quoted.append(unit);
            }
        }
        return quoted.append('"').toString();
    }

    static String json(Object value) {
        return value instanceof String ? quoted((String) value) : value.toString();
    }

    static String type(Object value) {
        if (value instanceof String) {
            return "STRING";
        }
        if (value instanceof Boolean) {
            return "BOOLEAN";
        }
        return value instanceof List ? "LONG_ARRAY" : "LONG";
    }

    /** A case: a program, its parameters as JSON or none, and its value or that it has none. */
    static void print(String group, String source, String params, Callable<?> value) {
        CRC32 crc = new CRC32();
        crc.update((source + params).getBytes(StandardCharsets.UTF_8));
        String id = String.format("%s-%08x", group, crc.getValue());
        if (!IDS.add(id)) {
            return;
        }
        String given = params.isEmpty() ? "" : ", \"params\": " + params;
        String ends;
        try {
            Object known = value.call();
            ends = String.format("\"type\": \"%s\", \"value\": %s", type(known), json(known));
        } catch (Exception error) {
            ends = "\"error\": \"evaluation\"";
        }
        System.out.printf("{\"id\": \"%s\", \"expr\": %s%s, %s}%n", id, quoted(source), given, ends);
    }

    static void print(String group, String source, Callable<?> value) {
        print(group, source, "", value);
    }

    static Object no() throws Exception {
        throw new Exception("no value");
    }

    interface OfDate {
        Object of(LocalDate date) throws Exception;
    }

    /** A function of one date, of a number, a text and a parameter, and of what is none. */
    static void ofDate(String name, OfDate function) {
        for (int index = 0; index < DAYS.length; index++) {
            long day = DAYS[index];
            if (index % 3 == name.length() % 3 && index % 2 == 0) {
                continue;
            }
            Callable<?> value = () -> function.of(date(day));
            print("date-int", "Util." + name + "(" + day + ")", value);
            if (index % 3 == 0) {
                print("date-int", "Util." + name + "('" + day + "')", value);
            }
            if (index % 6 == 1) {
                print("date-int", "Util." + name + "(day)", "{\"day\": " + (index % 4 == 1 ? "" + day : quoted("" + day)) + "}", value);
            }
        }
        for (int index = name.length() % 3; index < NO_DAYS.length; index += 3) {
            print("date-int", "Util." + name + "(" + NO_DAYS[index] + ")", Dates::no);
        }
        print("date-int", "Util." + name + "(null)", Dates::no);
        print("date-int", "String day; return Util." + name + "(day);", Dates::no);
        print("date-int", "Util." + name + "(day)", "{\"day\": null}", Dates::no);
        print("date-int", "Util." + name + "(20200101.0)", Dates::no);
        print("date-int", "Util." + name + "()", Dates::no);
    }

    static void months() {
        ofDate("firstDayOfMonth", date -> digits(date.withDayOfMonth(1)));
        ofDate("lastDayOfMonth", date -> digits(date.dayOfMonth().withMaximumValue()));
        ofDate("firstDayOfWeek", date -> digits(date.withDayOfWeek(1)));
        ofDate("quarter", date -> java.time.LocalDate.of(date.getYear(), date.getMonthOfYear(), 1).get(IsoFields.QUARTER_OF_YEAR));
        for (long day : DAYS) {
            print("date-int", "Util.isValid(" + day + ")", () -> true);
        }
        for (String none : NO_DAYS) {
            print("date-int", "Util.isValid(" + none + ")", () -> false);
        }
        print("date-int", "Util.isValid('20240229')", () -> true);
        print("date-int", "Util.isValid(null)", () -> false);
        print("date-int", "Util.isValid(day)", "{\"day\": null}", () -> false);
        print("date-int", "String day; return Util.isValid(day);", () -> false);
        print("date-int", "Util.isValid(1.5)", Dates::no);
        print("date-int", "Util.isValid(true)", Dates::no);
        print("date-int", "Util.isValid(day)", "{\"day\": [20200101]}", Dates::no);
    }

    static void between() {
        for (int one = 0; one < DAYS.length; one++) {
            for (int two = one % 9; two < DAYS.length; two += 9 + one % 4) {
                long from = DAYS[one], to = DAYS[two];
                String dates = "(" + (two % 2 == 0 ? "" + from : "'" + from + "'") + ", " + to + ")";
                print("between", "Util.daysBetween" + dates, () -> Days.daysBetween(date(from), date(to)).getDays());
                print("between", "Util.monthsBetween" + dates, () -> Months.monthsBetween(date(from), date(to)).getMonths());
            }
        }
        long[] ends = {20200130, 20200131, 20200228, 20200229, 20200331, 20210228};
        for (long from : ends) {
            for (long to : ends) {
                print("between", "Util.monthsBetween(" + from + ", " + to + ")", () -> Months.monthsBetween(date(from), date(to)).getMonths());
            }
        }
        for (String name : new String[] {"daysBetween", "monthsBetween"}) {
            print("between", "Util." + name + "(20200101, '20200230')", Dates::no);
            print("between", "Util." + name + "(0, 20200101)", Dates::no);
            print("between", "Util." + name + "(20200101, day)", "{\"day\": null}", Dates::no);
            print("between", "Util." + name + "(20200101)", Dates::no);
        }
    }

    static void plusMonths() {
        long[] counts = {0, 1, -1, 11, 12, -12, 13, 48, -1200, 95988, 107988};
        for (int index = 0; index < DAYS.length; index++) {
            for (int which = index % 5; which < counts.length; which += 5) {
                long day = DAYS[index], months = counts[which];
                String of = which % 3 == 0 ? "'" + day + "'" : "" + day;
                print("plus-months", "Util.incrementDateIntByMonths(" + of + ", " + months + ")", () -> digits(date(day).plusMonths((int) months)));
            }
        }
        for (String months : new String[] {"2147483647", "-2147483648", "2147483648", "9223372036854775807", "-9223372036854775807 - 1"}) {
            print("plus-months", "Util.incrementDateIntByMonths(20200101, " + months + ")", Dates::no);
        }
        print("plus-months", "Util.incrementDateIntByMonths(20200101, '1')", Dates::no);
        print("plus-months", "Util.incrementDateIntByMonths(20200101, 1.0)", Dates::no);
        print("plus-months", "Util.incrementDateIntByMonths('20200230', n)", "{\"n\": 1}", Dates::no);
    }

    static void workingDays() {
        ofDate("isWeekday", date -> isWorked(date, Set.of()));
        ofDate("nextWorkingDay", date -> digits(worked(date, 1, Set.of())));
        ofDate("previousWorkingDay", date -> digits(worked(date, -1, Set.of())));
        long[][] lists = {
            {},
            {20201225},
            {20201225, 20201228},
            {20201228, 20201225, 20201225, 20201226, 20200101},
            {20210101, 20201231, 20201230, 20201229, 20201228, 20201225, 20201224, 20201223},
            {20201224, 20201223, 20201222, 20201221, 20201218},
            {10000101, 99991231},
        };
        long[] days = {20201218, 20201222, 20201223, 20201224, 20201225, 20201226, 20201227, 20201228, 20210103};
        for (long[] list : lists) {
            Object[] each = java.util.Arrays.stream(list).boxed().toArray();
            String numbers = java.util.Arrays.stream(list).mapToObj(Long::toString).collect(Collectors.joining(", "));
            String texts = java.util.Arrays.stream(list).mapToObj(day -> "'" + day + "'").collect(Collectors.joining(", "));
            for (long day : days) {
                if (list.length % 2 == 1 && day % 2 == 1) {
                    continue;
                }
                for (String name : new String[] {"isWeekday", "nextWorkingDay", "previousWorkingDay"}) {
                    Callable<?> value = () -> {
                        Set<LocalDate> known = holidays(each);
                        switch (name) {
                            case "isWeekday":
                                return isWorked(date(day), known);
                            default:
                                return digits(worked(date(day), name.startsWith("next") ? 1 : -1, known));
                        }
                    };
                    String array = list.length == 0 ? "new long[0]" : "new long[]{" + numbers + "}";
                    print("working-days", "Util." + name + "(" + day + ", " + array + ")", value);
                    if (list.length > 0 && day % 2 == 0) {
                        print("working-days", "Util." + name + "('" + day + "', new String[]{" + texts + "})", value);
                    }
                    if (day % 3 == 0) {
                        print("working-days", "Util." + name + "(" + day + ", days)", "{\"days\": [" + numbers + "]}", value);
                    }
                    if (list.length > 1 && day % 5 == 0) {
                        String mixed = java.util.stream.IntStream.range(0, list.length)
                            .mapToObj(index -> index % 2 == 0 ? "\"" + list[index] + "\"" : "" + list[index])
                            .collect(Collectors.joining(", "));
                        print("working-days", "Util." + name + "(" + day + ", days)", "{\"days\": [" + mixed + "]}", value);
                    }
                }
            }
        }
        for (String name : new String[] {"isWeekday", "nextWorkingDay", "previousWorkingDay"}) {
            for (int index = name.length() % 4; index < NO_DAYS.length; index += 4) {
                String none = NO_DAYS[index];
                String array = none.startsWith("'") ? "new String[]{'20201225', " + none + "}" : "new long[]{" + none + "}";
                print("working-days", "Util." + name + "(20201224, " + array + ")", Dates::no);
            }
            print("working-days", "Util." + name + "(20201224, new String[1])", Dates::no);
            print("working-days", "Util." + name + "(20201224, new double[]{20201225.0})", Dates::no);
            print("working-days", "Util." + name + "(20201224, new boolean[0])", Dates::no);
            print("working-days", "Util." + name + "(20201224, 20201225)", Dates::no);
            print("working-days", "Util." + name + "(20201224, null)", Dates::no);
            print("working-days", "Util." + name + "(20201224, days)", "{\"days\": null}", Dates::no);
            print("working-days", "Util." + name + "(20201224, days)", "{\"days\": [20201225, null]}", Dates::no);
            print("working-days", "Util." + name + "(20201224, days)", "{\"days\": [20201225, true]}", Dates::no);
            print("working-days", "Util." + name + "(20201224, days)", "{\"days\": [20201225, [20201228]]}", Dates::no);
            print("working-days", "Util." + name + "(20201224, days)", "{\"days\": [\"20201225\", 1.5]}", Dates::no);
            print("working-days", "Util." + name + "(0, new long[]{20201225})", Dates::no);
        }
        print("working-days", "Util.nextWorkingDay(99991229, new long[]{99991230, 99991231})", Dates::no);
        print("working-days", "Util.previousWorkingDay(10000103, new long[]{10000102, 10000101})", Dates::no);
        print("working-days", "Util.isWeekday(99991231, new long[]{10000101})", () -> isWorked(date(99991231), Set.of()));
    }

    static void ranges() {
        long[][] ends = {
            {20200226, 20200303}, {20200303, 20200226}, {20200229, 20200229}, {20191230, 20200102}, {20200301, 20200228},
            {10000101, 10000103}, {99991229, 99991231}, {99991231, 99991229}, {20200101, 20210101}, {20210101, 20200101},
        };
        for (long[] each : ends) {
            for (long step : new long[] {1, 2, 3, 7, 100, 2147483647, -1, -2, -3, -7, -100, -2147483648, 0, 2147483648L}) {
                if (Math.abs(each[0] - each[1]) > 5000 && Math.abs(step) < 7 && step != 0 || (each[0] + step) % 3 == 1) {
                    continue;
                }
                Callable<?> value = () -> step > Integer.MAX_VALUE ? no() : dates(each[0], each[1], step);
                print("range", "Util.datesBetweenInclusive(" + each[0] + ", " + each[1] + ", " + step + ")", value);
                if (step % 3 == 0) {
                    print("range", "Util.datesBetweenInclusive('" + each[0] + "', '" + each[1] + "', '" + step + "')", value);
                }
            }
        }
        long[][] hours = {
            {2020022922L, 2020030103L}, {2020030103L, 2020022922L}, {2020010100L, 2020010100L}, {2019123123L, 2020010101L},
            {1000010100L, 1000010103L}, {9999123120L, 9999123123L}, {1969123120L, 1970010102L}, {2021031400L, 2021031406L},
        };
        for (long[] each : hours) {
            for (long step : new long[] {1, 2, 5, 24, -1, -2, -5, -24, 0}) {
                Callable<?> value = () -> hours(each[0], each[1], step);
                print("range", "Util.hourIntsBetween(" + each[0] + ", " + each[1] + ", " + step + ")", value);
                if (step % 5 == 0) {
                    print("range", "Util.hourIntsBetween('" + each[0] + "', '" + each[1] + "', '" + step + "')", value);
                }
            }
        }
        for (String none : new String[] {"20200101", "2020010124", "2020010160", "2020023000", "'2020-01-01T'", "202001010", "20200101000", "'0001010100'", "''", "null", "-202001010"}) {
            print("range", "Util.hourIntsBetween(" + none + ", 2020010100, 1)", Dates::no);
            print("range", "Util.hourIntsBetween(2020010100, " + none + ", 1)", Dates::no);
        }
        for (String none : new String[] {"20200230", "0", "'x'", "null", "2020010100"}) {
            print("range", "Util.datesBetweenInclusive(" + none + ", 20200101, 1)", Dates::no);
            print("range", "Util.datesBetweenInclusive(20200101, " + none + ", 1)", Dates::no);
        }
        print("range", "Util.datesBetweenInclusive(20200101, 20200102, 'x')", Dates::no);
        print("range", "Util.datesBetweenInclusive(20200101, 20200102, 9223372036854775807)", Dates::no);
        print("range", "Util.datesBetweenInclusive(20200101, 20200102)", Dates::no);
        print("range", "Util.hourIntsBetween(2020010100, 2020010102, 4294967297)", Dates::no);
    }

    static void patterns() {
        String[] patterns = {
            "yyyy-MM-dd", "dd.MM.yyyy", "EEEE, d MMMM yyyy", "yyMMdd", "xxxx-'W'ww-e", "D", "yyyy-MM-dd'T'HH:mm:ss.SSSZZ", "G CC Y",
            "EEE a hh KK kk", "''", "'\u00e9\ud83d\ude00' yyyy", "ZZZ", "z", "yyyyyyyyyy", "MMM-dd-yyyy", "M/d/y",
        };
        long[] days = {10000101, 19691231, 20000229, 20191230, 20200101, 20200229, 99991231};
        for (String pattern : patterns) {
            String written = "\"" + pattern + "\"";
            for (int index = 0; index < days.length; index += 1 + pattern.length() % 2) {
                long day = days[index];
                print("format", "Util.formatDateInt(" + day + ", " + written + ")",
                    () -> DateTimeFormat.forPattern(pattern).withLocale(Locale.ENGLISH).withZone(DateTimeZone.UTC)
                        .print(date(day).toDateTimeAtStartOfDay(DateTimeZone.UTC)));
            }
        }
        for (String pattern : new String[] {"", "b", "yyyy-MM-dd'", "yyyy'", "'", "yyyy-MM-dd'T"}) {
            print("format", "Util.formatDateInt(20200101, \"" + pattern + "\")",
                () -> DateTimeFormat.forPattern(pattern).print(new DateTime(2020, 1, 1, 0, 0, DateTimeZone.UTC)));
            print("format", "Util.parseDateInt('2020', \"" + pattern + "\")",
                () -> digits(DateTimeFormat.forPattern(pattern).parseLocalDate("2020")));
        }
        print("format", "Util.formatDateInt(20200101, null)", Dates::no);
        print("format", "Util.parseDateInt('2020', null)", Dates::no);
        print("format", "Util.formatDateInt(20200230, 'yyyy')", Dates::no);
        print("format", "Util.formatDateInt('20200229', pattern)", "{\"pattern\": \"dd/MM/yyyy\"}", () -> "29/02/2020");
        print("format", "Util.formatDateInt('20200229', pattern)", "{\"pattern\": null}", Dates::no);
        String[][] texts = {
            {"yyyy-MM-dd", "2020-02-29"}, {"yyyy-MM-dd", "2021-02-29"}, {"yyyy-MM-dd", "2020-2-9"}, {"yyyy-MM-dd", "2020-02-29 "},
            {"yyyy-MM-dd", ""}, {"yyyy-MM-dd", "2020-02"}, {"yyyy-MM-dd", "0999-12-31"}, {"yyyy-MM-dd", "-2020-01-01"},
            {"yyyy-MM-dd", "1000-01-01"}, {"yyyy-MM-dd", "9999-12-31"}, {"yyyy-MM-dd", "10000-01-01"}, {"dd.MM.yyyy", "29.02.2020"},
            {"d MMMM yyyy", "1 march 2020"}, {"EEE d MMM yyyy", "Sat 29 Feb 2020"}, {"EEE d MMM yyyy", "Sun 29 Feb 2020"},
            {"yyyyMMdd", "20200229"}, {"yyyyMMddHHmm", "202002292359"}, {"yyyyMMddHHmm", "202002292400"}, {"MM-dd", "02-29"},
            {"MM-dd", "02-30"}, {"HH:mm", "23:59"}, {"yyyy", "2020"}, {"yyyy", "20201"}, {"yyyy-DDD", "2020-366"}, {"yyyy-DDD", "2021-366"},
            {"xxxx-'W'ww-e", "2020-W53-7"}, {"xxxx-'W'ww-e", "2021-W53-7"}, {"yyyy-MM-dd'T'HH:mmZZ", "2020-02-29T23:30-08:00"},
            {"yyyy-MM-dd'T'HH:mmZZ", "2020-03-01T00:30+14:00"}, {"yyyy-MM-dd'T'HH:mmZZ", "2020-02-29T23:30Z"},
            {"yyyy-MM-dd HH:mm ZZZ", "2020-02-29 23:30 America/Los_Angeles"}, {"yyyy-MM-dd HH:mm ZZZ", "2020-03-08 02:30 America/Los_Angeles"},
            {"yyyy-MM-dd HH:mm ZZZ", "2020-03-08 03:30 Nowhere"}, {"yyyy-MM-dd zzzz", "2020-02-29 UTC"}, {"'\u00e9' yyyy", "\u00e9 2020"},
            {"'\ud83d\ude00'yyyy", "\ud83d\ude002020"}, {"yyyy-MM-dd", "\uff12020-02-29"}, {"M/d/yyyy", "2/9/2020"}, {"MMM", "Feb"},
        };
        for (String[] each : texts) {
            Callable<?> value = () -> digits(DateTimeFormat.forPattern(each[0]).withLocale(Locale.ENGLISH).parseLocalDate(each[1]));
            print("format", "Util.parseDateInt(\"" + each[1] + "\", \"" + each[0] + "\")", value);
            print("format", "Util.parseDateInt(text, pattern)", "{\"text\": " + quoted(each[1]) + ", \"pattern\": " + quoted(each[0]) + "}", value);
        }
        print("format", "Util.parseDateInt(20200229, 'yyyyMMdd')", Dates::no);
        print("format", "Util.parseDateInt(null, 'yyyyMMdd')", Dates::no);
        print("format", "Util.parseDateInt(text, 'yyyyMMdd')", "{\"text\": null}", Dates::no);
    }

    static void elapsed() {
        String[][] dates = {
            {"2020-02-28T00:00Z", "2020-03-01T12:59:59.999Z"}, {"2020-03-01T13:00Z", "2020-02-28T00:00Z"}, {"1970-01-01T00:00Z", "1970-01-01T00:00Z"},
            {"2020-03-08T00:00-08:00", "2020-03-09T00:00-07:00"}, {"2020-11-01T00:00-07:00", "2020-11-02T00:00-08:00"},
            {"1969-12-31T23:59:59.999Z", "1970-01-01T00:59:59.999Z"}, {"2000-01-01T00:00Z", "1999-12-31T23:00:00.001Z"},
            {"0001-01-01T00:00Z", "9999-12-31T23:59Z"}, {"-100000-01-01T00:00Z", "100000-01-01T00:00Z"}, {"9999-12-31T23:59Z", "0001-01-01T00:00Z"},
        };
        for (String[] each : dates) {
            for (String zone : new String[] {"UTC", "America/Los_Angeles"}) {
                DateTimeZone of = DateTimeZone.forID(zone);
                String in = zone.equals("UTC") ? "" : ".withZone(DateTimeZone.forID('" + zone + "'))";
                String pair = "(new DateTime('" + each[0] + "')" + in + ", new DateTime('" + each[1] + "'))";
                DateTime from = new DateTime(each[0], of), to = new DateTime(each[1], of);
                print("elapsed", "Hours.hoursBetween" + pair + ".getHours()", () -> Hours.hoursBetween(from, to).getHours());
                print("elapsed", "Minutes.minutesBetween" + pair + ".getMinutes()", () -> Minutes.minutesBetween(from, to).getMinutes());
            }
        }
        String last = "new DateTime(9223372036854775807)", first = "new DateTime(-9223372036854775807 - 1)";
        for (String[] pair : new String[][] {{last, first}, {first, last}, {last, last}, {"new DateTime(-1)", last}, {last, "new DateTime(0)"}}) {
            DateTime from = pair[0] == last ? new DateTime(Long.MAX_VALUE) : pair[0] == first ? new DateTime(Long.MIN_VALUE) : new DateTime(-1);
            DateTime to = pair[1] == last ? new DateTime(Long.MAX_VALUE) : pair[1] == first ? new DateTime(Long.MIN_VALUE) : new DateTime(0);
            print("elapsed", "Hours.hoursBetween(" + pair[0] + ", " + pair[1] + ").getHours()", () -> Hours.hoursBetween(from, to).getHours());
            print("elapsed", "Minutes.minutesBetween(" + pair[0] + ", " + pair[1] + ").getMinutes()", () -> Minutes.minutesBetween(from, to).getMinutes());
        }
        DateTime start = new DateTime(0, DateTimeZone.UTC);
        for (int minutes : new int[] {0, 59, 60, -59, -60, -61, 150}) {
            String pair = "(new DateTime(0), new DateTime(" + minutes * 60_000 + "))";
            print("elapsed", "'' + Hours.hoursBetween" + pair, () -> Hours.hoursBetween(start, start.plusMinutes(minutes)).toString());
            print("elapsed", "'' + Minutes.minutesBetween" + pair, () -> Minutes.minutesBetween(start, start.plusMinutes(minutes)).toString());
        }
        for (String none : new String[] {
            "Hours.hoursBetween(null, new DateTime(0)).getHours()", "Minutes.minutesBetween(new DateTime(0), null).getMinutes()",
            "DateTime d; return Hours.hoursBetween(d, new DateTime(0)).getHours();", "Hours.hoursBetween(20200101, 20200102).getHours()",
            "Hours.hoursBetween(new DateTime(0), new DateTime(0))", "Minutes.minutesBetween(new DateTime(0), new DateTime(0))",
            "Hours.hoursBetween(new DateTime(0), new DateTime(0)).getMinutes()", "Minutes.minutesBetween(new DateTime(0), new DateTime(0)).getHours()",
            "Hours.hoursBetween(new DateTime(0), new DateTime(0)) + 1", "new Hours()", "Hours.minutesBetween(new DateTime(0), new DateTime(0))",
        }) {
            print("elapsed", none, Dates::no);
        }
    }

    /** The milliseconds of a text as Java reads it, or else Joda; both give the same where both read it. */
    static long duration(String text) {
        Long ofJoda = null;
        try {
            ofJoda = Duration.parse(text).getMillis();
        } catch (RuntimeException error) {
            // Only seconds are read there.
        }
        try {
            long ofJava = java.time.Duration.parse(text).toMillis();
            if (ofJoda != null && ofJoda != ofJava) {
                throw new AssertionError(text);
            }
            return ofJava;
        } catch (RuntimeException error) {
            if (ofJoda == null) {
                throw error;
            }
            return ofJoda;
        }
    }

    static void durations() {
        String[] texts = {
            "PT5M", "PT0S", "PT-0S", "-PT0S", "PT1S", "PT72.345S", "PT-72.345S", "PT-0.5S", "-PT-0.5S", "PT0.0009S", "PT-0.0009S", "PT1M-0.0005S",
            "PT1.123456789S", "PT1.1234567891234567890S", "PT5.S", "PT5,25S", "pt5m", "p1dt2h3m4.5s", "P1D", "P1DT2H3M4.5S", "-P1DT2H", "+PT5M",
            "P-1DT+24H", "PT-1H90M", "PT36H", "PT1000000M", "PT000000000000000000000000000000001S", "PT9223372036854775.807S",
            "PT-9223372036854775.808S", "PT9223372036854775.808S", "PT9223372036854775807S", "PT9223372036854775808S", "P106751991167D",
            "P106751991168D", "PT153722867280912M", "PT153722867280913M", "P200000000000000DT-4800000000000000H", "-PT-9223372036854775.808S",
            "PT2562047788015H12M55.807S", "PT2562047788015H12M55.808S", "PT-2562047788015H-12M-55.808S",
            "", "P", "PT", "P1DT", "PT5", "5M", "T5M", "PT5M ", " PT5M", "PT 5M", "PT5M3H", "PT1M1M", "P1M", "P1Y", "P2W", "PT1.5M", "PT1.5H", "P1.5D",
            "PT.5S", "PT-.5S", "PT+S", "PTS", "PT--5S", "PT5M5", "P1H", "PT1D", "--PT5M", "PT1S1", "PT1..5S", "PT1.5.5S", "PT1e3S", "PT0x5S",
            "PT\uff15M", "PT5\u039c", "\u03a1T5M", "\ud83d\ude00", "PT5M\u0000", "PT1.\u0661S", "5 minutes", "00:05:00", "P1Y2M3DT4H5M6S",
        };
        for (int index = 0; index < texts.length; index++) {
            String text = texts[index];
            Callable<?> value = () -> duration(text);
            if (index % 2 == 0) {
                print("duration", "Duration.parse('" + text + "').getMillis()", value);
            } else {
                print("duration", "Duration.parse(text).getMillis()", "{\"text\": " + quoted(text) + "}", value);
            }
            if (index % 3 == 0) {
                print("duration", "'' + Duration.parse(text)", "{\"text\": " + quoted(text) + "}", () -> new Duration(duration(text)).toString());
            }
        }
        String[] dates = {"2020-02-28T23:59:59.999Z", "1970-01-01T00:00Z", "2020-03-08T01:30-08:00", "2020-11-01T01:30-07:00", "0001-01-01T00:00Z"};
        String[] lengths = {"PT0S", "PT0.001S", "PT1H", "-PT1H", "P1D", "PT36H30M", "-P400D", "P106751991167D", "PT9223372036854775.807S", "PT-9223372036854775.808S"};
        DateTimeZone pacific = DateTimeZone.forID("America/Los_Angeles");
        for (String date : dates) {
            for (String length : lengths) {
                DateTime at = new DateTime(date, pacific);
                Duration by = new Duration(duration(length));
                String of = "new DateTime('" + date + "', DateTimeZone.forID('America/Los_Angeles'))";
                if (Math.abs(by.getStandardDays()) < 1000) {
                    print("duration", of + ".plus(Duration.parse('" + length + "')).toString('yyyy-MM-dd HH:mm:ss.SSS ZZZ')",
                        () -> at.plus(by).toString("yyyy-MM-dd HH:mm:ss.SSS ZZZ"));
                }
                print("duration", of + ".plus(Duration.parse('" + length + "')).getMillis()", () -> at.plus(by).getMillis());
                print("duration", of + ".minus(Duration.parse('" + length + "')).getMillis()", () -> at.minus(by).getMillis());
            }
        }
        for (String none : new String[] {
            "Duration.parse(null)", "Duration.parse(5)", "Duration.parse('PT5M')", "Duration.parse('PT5M') + 1", "new Duration(5)", "Duration.parse()",
            "new DateTime(0).plus(null)", "new DateTime(0).plus('PT5M')", "new DateTime(0).plus(5)", "new DateTime(0).minus(new DateTime(0))",
            "new DateTime(0).plus()", "DateTime d; return d.plus(Duration.parse('PT5M'));", "Duration.parse('PT5M').getHours()", "Duration.getMillis()",
            "String s; return Duration.parse(s).getMillis();", "Duration.parse('PT5M').plus(Duration.parse('PT5M')).getMillis()",
        }) {
            print("duration", none, Dates::no);
        }
        print("duration", "Duration = 5; return Duration + 1;", () -> 6L);
        print("duration", "int Hours = 5; return Hours;", () -> 5L);
        print("duration", "Minutes = 'x'; return Minutes.length();", () -> 1L);
        print("duration", "Duration + 1", "{\"Duration\": 41}", () -> 42L);
        print("duration", "Duration.parse('PT5M')", "{\"Duration\": \"x\"}", Dates::no);
    }

    public static void main(String[] arguments) {
        months();
        between();
        plusMonths();
        workingDays();
        ranges();
        patterns();
        elapsed();
        durations();
    }
}
