// Writes tests/conformance/extensions/math.jsonl, whose values are those of Java's Math and StrictMath. Made with Java 17:
// `java tests/extensions/MathCases.java > tests/conformance/extensions/math.jsonl`
//
// `Math.clamp` came with Java 21; `clamp` below is its definition by `Math.min` and `Math.max`.

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

public class MathCases {
    static final long[] LONGS = {0, 1, -1, 5, -7, 42, 9007199254740993L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1};
    static final double[] DOUBLES = {
        0.0, -0.0, 1.5, -1.5, 2.5, -2.5, 0.5, -0.5, 0.1, 3.0, 1e10, 1e300, -1e300, -1e-310, Double.MIN_VALUE, Double.MAX_VALUE,
        0.49999999999999994, 4503599627370497.5, 9223372036854775807.0, -9223372036854775808.0, Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY, Double.NaN,
    };
    static int count;

    /// A case: an expression in which `x`, `y` and `z` are the values, and what comes of it.
    static void print(String expr, Object[] values, String rest) {
        StringBuilder params = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            String name = "xyz".substring(i, i + 1);
            if (isFinite(values[i])) {
                params.append(params.length() == 0 ? "" : ", ").append("\"").append(name).append("\": ").append(values[i]);
            } else {
                expr = expr.replaceAll("\\b" + name + "\\b", literal((Double) values[i]));
            }
        }
        String given = params.length() == 0 ? "" : ", \"params\": {" + params + "}";
        System.out.printf("{\"id\": \"math-%03d\", \"expr\": \"%s\"%s, %s}%n", ++count, expr, given, rest);
    }

    static boolean isFinite(Object value) {
        return !(value instanceof Double) || Double.isFinite((Double) value);
    }

    static String literal(double value) {
        return Double.isNaN(value) ? "(0.0 / 0.0)" : value > 0 ? "(1.0 / 0.0)" : "(-1.0 / 0.0)";
    }

    static String value(long value) {
        return "\"type\": \"LONG\", \"value\": " + value;
    }

    static String value(double value) {
        String text = Double.isFinite(value) ? "" + value : "\"" + value + "\"";
        return "\"type\": \"DOUBLE\", \"value\": " + text;
    }

    static final String ERROR = "\"error\": \"evaluation\"";

    static void unary(String name, DoubleUnaryOperator function, int more) {
        for (double x : DOUBLES) {
            print("Math." + name + "(x)", new Object[] {x}, value(function.applyAsDouble(x)));
        }
        Random random = new Random(name.hashCode());
        for (int i = 0; i < more; i++) {
            double x = i % 2 == 0 ? random.nextDouble() * 700 : Math.abs(Double.longBitsToDouble(random.nextLong()));
            print("Math." + name + "(x)", new Object[] {x}, value(function.applyAsDouble(x)));
        }
        for (long x : new long[] {0, 1, 2, 100, 9007199254740993L}) {
            print("Math." + name + "(x)", new Object[] {x}, value(function.applyAsDouble(x)));
        }
        print("Math." + name + "(null)", new Object[] {}, ERROR);
        print("Math." + name + "('1')", new Object[] {}, ERROR);
        print("Math." + name + "()", new Object[] {}, ERROR);
    }

    static void binary(String name, LongBinaryOperator function, long[][] pairs) {
        for (long[] pair : pairs) {
            String rest;
            try {
                rest = value(function.applyAsLong(pair[0], pair[1]));
            } catch (ArithmeticException refused) {
                rest = ERROR;
            }
            print("Math." + name + "(x, y)", new Object[] {pair[0], pair[1]}, rest);
        }
        print("Math." + name + "(null, 1)", new Object[] {}, ERROR);
        print("Math." + name + "(1, 'a')", new Object[] {}, ERROR);
    }

    static double clamp(double value, double low, double high) {
        if (!(low < high)) {
            if (Double.isNaN(low) || Double.isNaN(high) || Double.compare(low, high) > 0) {
                throw new IllegalArgumentException();
            }
        }
        return Math.min(high, Math.max(value, low));
    }

    public static void main(String[] arguments) {
        for (long x : LONGS) {
            print("Math.abs(x)", new Object[] {x}, value(Math.abs(x)));
            print("Math.sign(x)", new Object[] {x}, value((long) Long.signum(x)));
            print("Math.round(x)", new Object[] {x}, value(x));
        }
        for (double x : DOUBLES) {
            print("Math.abs(x)", new Object[] {x}, value(Math.abs(x)));
            print("Math.sign(x)", new Object[] {x}, value(Math.signum(x)));
            print("Math.round(x)", new Object[] {x}, value(Math.round(x)));
        }
        for (String name : new String[] {"abs", "sign", "round"}) {
            print("Math." + name + "(null)", new Object[] {}, ERROR);
            print("Math." + name + "('1')", new Object[] {}, ERROR);
        }
        // What is known to be DOUBLE is known so in the expression: of values whose types only the run knows, SEL's own functions expect LONG.
        double[] some = {0.0, -0.0, 1.5, -2.5, 1e300, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};
        for (double x : some) {
            for (double y : some) {
                print("Math.min(1.0 * x, y)", new Object[] {x, y}, value(Math.min(x, y)));
                print("Math.max(x, 1.0 * y)", new Object[] {x, y}, value(Math.max(x, y)));
            }
            print("Math.min(1.0 * x, y)", new Object[] {x, 9007199254740993L}, value(Math.min(x, (double) 9007199254740993L)));
            print("Math.max(1.0 * x, y)", new Object[] {x, -3L}, value(Math.max(x, -3.0)));
        }
        for (long x : LONGS) {
            print("Math.min(x, y)", new Object[] {x, 5L}, value(Math.min(x, 5L)));
            print("Math.max(x, y)", new Object[] {x, 5L}, value(Math.max(x, 5L)));
        }
        print("Math.min(1.5, 'a')", new Object[] {}, ERROR);
        print("Math.max(null, 1.5)", new Object[] {}, ERROR);
        long[] divisors = {1, -1, 2, -2, 3, -3, 7, 0, Long.MAX_VALUE, Long.MIN_VALUE};
        long[][] pairs = new long[LONGS.length * divisors.length][];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new long[] {LONGS[i / divisors.length], divisors[i % divisors.length]};
        }
        binary("floorDiv", Math::floorDiv, pairs);
        binary("floorMod", Math::floorMod, pairs);
        binary("addExact", Math::addExact, pairs);
        binary("subtractExact", Math::subtractExact, pairs);
        binary("multiplyExact", Math::multiplyExact, pairs);
        long[][] ranges = {{0, 10}, {-5, 5}, {3, 3}, {5, 2}, {Long.MIN_VALUE, Long.MAX_VALUE}, {0, Long.MAX_VALUE}};
        for (long x : LONGS) {
            for (long[] range : ranges) {
                boolean valid = range[0] <= range[1];
                String rest = valid ? value(Math.min(range[1], Math.max(x, range[0]))) : ERROR;
                print("Math.clamp(x, y, z)", new Object[] {x, range[0], range[1]}, rest);
            }
        }
        double[][] ends = {
            {0.0, 1.0}, {-0.0, 0.0}, {0.0, -0.0}, {1.5, 1.5}, {2.5, 1.0}, {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY},
            {Double.NaN, 1.0}, {0.0, Double.NaN},
        };
        for (double x : some) {
            for (double[] range : ends) {
                String rest;
                try {
                    rest = value(clamp(x, range[0], range[1]));
                } catch (IllegalArgumentException refused) {
                    rest = ERROR;
                }
                print("Math.clamp(x, y, z)", new Object[] {x, range[0], range[1]}, rest);
            }
        }
        print("Math.clamp(x, y, z)", new Object[] {7L, 0L, 2.5}, value(2.5));
        print("Math.clamp(x, y, z)", new Object[] {1.25, 0L, 2L}, value(1.25));
        print("Math.clamp(x, y, z)", new Object[] {9L, 0.0, 2L}, value(2.0));
        print("Math.clamp(null, 0, 1)", new Object[] {}, ERROR);
        unary("floor", Math::floor, 6);
        unary("ceil", Math::ceil, 6);
        unary("sqrt", StrictMath::sqrt, 20);
        unary("exp", StrictMath::exp, 20);
        unary("log", StrictMath::log, 20);
        unary("log10", StrictMath::log10, 20);
        print("Math.PI", new Object[] {}, value(Math.PI));
        print("Math.E", new Object[] {}, value(Math.E));
        print("Math.PI()", new Object[] {}, ERROR);
        print("Math.TAU", new Object[] {}, ERROR);
    }
}
