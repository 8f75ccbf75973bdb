package org.lossbook.data.mnist;

import java.util.List;
import java.util.stream.Stream;

/**
 * The strokes of the ten handwritten digits, each in several styles, as points in a square of 100
 * by 100, y pointing down. A stroke is a smooth curve; {@code |} lifts the pen, and so makes a
 * corner where two strokes meet.
 */
final class DigitStrokes {
  /** A point in the square. */
  record Point(double x, double y) {}

  private static final List<List<String>> MANNERS =
      List.of(
          List.of(
              "50,8 28,22 20,50 28,78 50,92 72,78 80,50 72,22 50,8",
              "58,10 36,18 26,48 32,80 50,92 70,76 76,44 66,16 46,10",
              "62,14 40,8 24,34 24,64 42,91 64,82 77,54 72,26 54,9"),
          List.of(
              "50,8 50,92",
              "52,8 48,50 46,92",
              "32,28 52,9 | 52,9 52,92",
              "34,26 52,9 | 52,9 52,91 | 33,91 71,91"),
          List.of(
              "24,30 34,13 54,9 72,22 68,42 48,64 24,90 | 24,90 78,89",
              "25,26 46,9 70,20 66,44 44,72 26,84 30,72 46,78 62,90 80,86",
              "26,20 50,9 70,26 60,54 26,86 | 26,86 52,84 78,90"),
          List.of(
              "26,18 48,8 70,20 66,38 44,47 | 44,47 70,54 76,72 58,90 24,84",
              "24,11 74,11 | 74,11 46,44 | 46,44 72,52 76,74 52,91 24,82",
              "28,14 56,9 70,24 56,42 40,46 60,48 76,66 66,86 42,92 24,84"),
          List.of(
              "32,10 24,54 | 24,54 80,52 | 68,12 63,92",
              "62,8 18,64 | 18,64 84,64 | 62,8 62,92",
              "28,12 24,48 42,56 70,46 | 72,10 68,50 58,92"),
          List.of(
              "74,11 33,11 | 33,11 28,45 | 28,45 52,39 75,54 73,78 48,91 24,82",
              "72,12 36,13 | 36,13 32,42 56,44 73,62 62,86 38,92 24,86",
              "34,12 30,46 | 30,46 54,42 72,58 66,84 44,92 24,82 | 34,12 76,10"),
          List.of(
              "66,8 42,26 27,56 34,84 55,92 74,76 66,56 44,54 28,70",
              "58,8 36,38 26,70 42,91 64,86 70,66 52,56 30,70",
              "44,8 30,44 28,78 48,92 70,82 70,62 50,56 30,68"),
          List.of(
              "22,13 78,12 | 78,12 58,46 44,92",
              "22,14 76,12 | 76,12 60,46 46,92 | 36,51 72,49",
              "22,26 23,13 | 23,13 78,13 | 78,13 56,44 52,92"),
          List.of(
              "68,22 50,8 32,22 40,40 60,54 71,74 50,92 29,74 40,56 62,40 68,22",
              "50,8 33,18 34,38 50,47 67,38 67,18 50,8 | 50,47 30,58 30,82 50,92 71,82 70,58 50,47",
              "70,16 48,8 32,22 46,44 68,66 62,88 40,91 30,74 48,52 70,30 70,16"),
          List.of(
              "70,28 52,9 30,22 32,44 54,50 70,30 | 70,28 68,60 60,92",
              "68,18 44,10 30,32 46,50 68,36 70,18 | 70,18 70,60 52,90 30,84",
              "66,12 40,12 28,36 46,48 68,32 68,14 | 68,14 66,92"));

  private DigitStrokes() {}

  /** The strokes of each style of {@code digit}. */
  static List<List<List<Point>>> of(int digit) {
    return PARSED.get(digit);
  }

  private static final List<List<List<List<Point>>>> PARSED =
      MANNERS.stream().map(digit -> digit.stream().map(DigitStrokes::strokes).toList()).toList();

  private static List<List<Point>> strokes(String manner) {
    return Stream.of(manner.split(" \\| "))
        .map(stroke -> Stream.of(stroke.split(" ")).map(DigitStrokes::point).toList())
        .toList();
  }

  private static Point point(String text) {
    int comma = text.indexOf(',');
    return new Point(
        Double.parseDouble(text.substring(0, comma)),
        Double.parseDouble(text.substring(comma + 1)));
  }
}
