package org.lossbook.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Value;

/** Calls JavaScript functions in an engine on the JVM, so that no test needs another program. */
public final class JavaScriptCalls {
  private static final Engine ENGINE =
      Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();

  private record Call(String function, Object[] arguments) {}

  private final List<Call> calls = new ArrayList<>();

  /** One more call; each argument is a number or an array of numbers. */
  public void call(String function, Object... arguments) {
    calls.add(new Call(function, arguments));
  }

  /** The numbers that each call returned, one after the other, however they were nested. */
  public List<double[]> answers() {
    List<double[]> answers = new ArrayList<>();
    try (Context context = Context.newBuilder("js").engine(ENGINE).build()) {
      Value flat = context.eval("js", "(f, ...x) => f(...x).flat(3)");
      Map<String, Value> functions = new HashMap<>();
      for (Call call : calls) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(
            functions.computeIfAbsent(
                call.function, text -> context.eval("js", "'use strict'; (" + text + ")")));
        for (Object argument : call.arguments) {
          arguments.add(
              argument instanceof double[] array
                  ? context.eval("js", Arrays.toString(array))
                  : argument);
        }
        Value answer = flat.execute(arguments.toArray());
        double[] numbers = new double[(int) answer.getArraySize()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = answer.getArrayElement(i).asDouble();
        }
        answers.add(numbers);
      }
    }
    return answers;
  }
}
