package org.lossbook.kernel.magic;

import static org.lossbook.base.Messages.wrong;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The magics {@code %load} and {@code %%writefile}. */
final class FileMagics {
  private static final String NOTEBOOK = ".ipynb";

  private final Environment environment;

  FileMagics(Environment environment) {
    this.environment = environment;
  }

  List<Magic> magics() {
    return List.of(
        Magic.line(
                "load",
                "file.jsh",
                "runs the code in a file (.jsh, .jshell, .java) or in the cells of a notebook",
                this::load)
            .orAs("run"),
        Magic.cell(
                "writefile", "[-a] file", "writes the cell to a file; -a appends it", this::write)
            .orAs("file"));
  }

  private Object load(MagicCall call) throws Exception {
    String name = call.word("the path of a file");
    Path file = existing(call.magic(), name);
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw wrong("%s cannot read %s: is it a text in UTF-8?", call.magic(), name);
    }
    List<String> parts =
        file.toString().endsWith(NOTEBOOK) ? cells(call.magic(), name, text) : List.of(text);
    for (String each : parts) {
      call.java().run(each);
    }
    return null;
  }

  private Path existing(String magic, String name) {
    Path file = environment.file(magic, name);
    return Stream.of("", ".jsh", ".jshell", ".java", NOTEBOOK)
        .map(ending -> file.resolveSibling(file.getFileName() + ending))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "%s finds no file %s: the path is taken from %s.",
                    magic, name, environment.folder()));
  }

  private static List<String> cells(String magic, String name, String text) {
    var sources = new ArrayList<String>();
    try {
      JsonArray cells = JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("cells");
      for (JsonElement each : cells) {
        JsonObject cell = each.getAsJsonObject();
        if (cell.get("cell_type").getAsString().equals("code")) {
          sources.add(source(cell.get("source")));
        }
      }
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | UnsupportedOperationException e) {
      throw wrong("%s expects a notebook, but %s is not one.", magic, name);
    }
    return sources;
  }

  private static String source(JsonElement source) {
    if (source.isJsonPrimitive()) {
      return source.getAsString();
    }
    var text = new StringBuilder();
    source.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
    return text.toString();
  }

  private Object write(MagicCall call) throws IOException {
    var words = new ArrayList<>(call.words());
    boolean appends = words.remove("-a") | words.remove("--append");
    if (words.size() != 1) {
      throw wrong(
          "%s expects the path of a file but receives %s.",
          call.magic(), words.isEmpty() ? "nothing" : String.join(" ", words));
    }
    String name = words.get(0);
    Path file = environment.file(call.magic(), name);
    boolean existed = Files.exists(file);
    Path folder = file.getParent();
    if (!Files.isDirectory(folder)) {
      throw wrong("%s cannot write %s: there is no folder %s.", call.magic(), name, folder);
    }
    String text = call.body().endsWith("\n") ? call.body() : call.body() + "\n";
    try {
      if (appends) {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } else {
        Files.writeString(file, text);
      }
    } catch (IOException e) {
      throw wrong("%s cannot write %s: %s", call.magic(), name, e.getMessage());
    }
    System.out.println((appends ? "Appending to " : existed ? "Overwriting " : "Writing ") + name);
    return null;
  }
}
