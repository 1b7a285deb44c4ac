// Prints the sums of the bits that Java's StrictMath gives for a million numbers, which the unit test of
// src/library/java/strict_math.rs compares with: `java tests/extensions/StrictMathSums.java`. Made with Java 17.

import java.util.function.DoubleUnaryOperator;

public class StrictMathSums {
    static long state;

    static double draw() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        long bits = state;
        double unit = (bits >>> 11) / (double) (1L << 53);
        return switch ((int) Long.remainderUnsigned(bits, 5)) {
            case 0 -> Double.longBitsToDouble(bits);
            case 1 -> unit * 1500.0 - 750.0;
            case 2 -> 0.5 + unit;
            case 3 -> Double.longBitsToDouble(bits & Long.MAX_VALUE);
            default -> (bits >>> 43) / 1000.0;
        };
    }

    static void print(String name, DoubleUnaryOperator function) {
        state = 19;
        long sum = 0xcbf29ce484222325L;
        for (int i = 0; i < 1_000_000; i++) {
            sum = (sum ^ Double.doubleToLongBits(function.applyAsDouble(draw()))) * 0x100000001b3L;
        }
        System.out.printf("%s 0x%x%n", name, sum);
    }

    public static void main(String[] arguments) {
        print("exp", StrictMath::exp);
        print("log", StrictMath::log);
        print("log10", StrictMath::log10);
    }
}
