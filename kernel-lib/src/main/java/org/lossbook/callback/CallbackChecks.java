package org.lossbook.callback;

import org.lossbook.base.Messages;

/** Checks of the callbacks' settings. */
final class CallbackChecks {
  private CallbackChecks() {}

  static int atLeastZero(String who, String name, int value) {
    if (value < 0) {
      throw Messages.wrong(
          "%s expects a %s of 0 epochs or more but receives %d.", who, name, value);
    }
    return value;
  }

  static String path(String who, String path) {
    if (path == null || path.isBlank()) {
      throw new IllegalArgumentException(
          who + " expects the path of a file but receives none: try " + who + "(\"run.csv\").");
    }
    return path;
  }

  static <T> T function(String who, T function) {
    if (function == null) {
      throw Messages.wrong(
          "%s expects a function but receives null: try %s(run -> System.out.println(run)).",
          who, who);
    }
    return function;
  }
}
