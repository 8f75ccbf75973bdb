package org.lossbook.kernel.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the content of each request must be, with ipykernel's values for what is left out. The base
 * has {@code false} and 0 for that, and takes a number as code.
 */
final class Requests {
  private static final Predicate<JsonElement> TEXT = each -> is(each, JsonPrimitive::isString);
  private static final Predicate<JsonElement> NUMBER = each -> is(each, Requests::isInteger);
  private static final Predicate<JsonElement> BOOLEAN = each -> is(each, JsonPrimitive::isBoolean);
  private static final Predicate<JsonElement> TEXTS =
      each ->
          each.isJsonObject()
              && each.getAsJsonObject().entrySet().stream().allMatch(Requests::text);

  private Requests() {}

  /** Refuses content of wrong types, and adds what is left out. */
  static void check(String type, JsonObject content) throws Rejected {
    switch (type) {
      case "execute_request" -> {
        need(content, "code", TEXT);
        may(content, "silent", BOOLEAN, new JsonPrimitive(false));
        boolean silent = content.get("silent").getAsBoolean();
        may(content, "store_history", BOOLEAN, new JsonPrimitive(!silent));
        may(content, "user_expressions", TEXTS, new JsonObject());
        may(content, "allow_stdin", BOOLEAN, new JsonPrimitive(false));
        may(content, "stop_on_error", BOOLEAN, new JsonPrimitive(true));
      }
      case "complete_request", "inspect_request" -> {
        need(content, "code", TEXT);
        String code = content.get("code").getAsString();
        may(
            content,
            "cursor_pos",
            NUMBER,
            new JsonPrimitive(code.codePointCount(0, code.length())));
        may(content, "detail_level", NUMBER, new JsonPrimitive(0));
      }
      case "is_complete_request" -> need(content, "code", TEXT);
      case "history_request" -> {
        need(content, "hist_access_type", TEXT);
        for (String each : new String[] {"output", "raw", "unique"}) {
          may(content, each, BOOLEAN, new JsonPrimitive(each.equals("raw")));
        }
        for (String each : new String[] {"session", "start", "stop", "n"}) {
          boolean open = each.equals("stop");
          may(content, each, NUMBER, new JsonPrimitive(open ? Integer.MAX_VALUE : 0));
        }
        may(content, "pattern", TEXT, new JsonPrimitive("*"));
      }
      case "shutdown_request" -> may(content, "restart", BOOLEAN, new JsonPrimitive(false));
      case "comm_open", "comm_msg", "comm_close" -> {
        need(content, "comm_id", TEXT);
        may(content, "target_name", TEXT, new JsonPrimitive(""));
        may(content, "data", JsonElement::isJsonObject, new JsonObject());
      }
      case "input_reply" -> need(content, "value", TEXT);
      default -> {}
    }
  }

  private static void need(JsonObject content, String key, Predicate<JsonElement> fits)
      throws Rejected {
    JsonElement found = content.get(key);
    if (found == null || !fits.test(found)) {
      throw new Rejected("its content has no " + key + " of the right type");
    }
  }

  private static void may(
      JsonObject content, String key, Predicate<JsonElement> fits, JsonElement otherwise)
      throws Rejected {
    JsonElement found = content.get(key);
    if (found == null || found.isJsonNull()) {
      content.add(key, otherwise);
    } else {
      need(content, key, fits);
    }
  }

  private static boolean text(Map.Entry<String, JsonElement> entry) {
    return TEXT.test(entry.getValue());
  }

  private static boolean isInteger(JsonPrimitive value) {
    if (!value.isNumber()) {
      return false;
    }
    double number = value.getAsDouble();
    return number == (int) number;
  }

  private static boolean is(JsonElement value, Predicate<JsonPrimitive> kind) {
    return value.isJsonPrimitive() && kind.test(value.getAsJsonPrimitive());
  }
}
