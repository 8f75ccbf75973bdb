package org.lossbook.kernel.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The licences of the jars that {@link AllJar} merges. NOTICE has a line for each of them, {@code
 * asm: BSD-3-Clause. Copyright …}, with the names that SPDX gives to licences.
 */
final class Licences {
  private static final String FOLDER = "/META-INF/licenses/";
  private static final Pattern PART =
      Pattern.compile("([\\w.-]+): ([\\w.-]+(?:, [\\w.-]+)*)\\. .+");
  private static final Pattern VERSION = Pattern.compile("-\\d.*");

  private final byte[] notice;
  private final Map<String, List<String>> ofPart = new TreeMap<>();

  private Licences(byte[] notice) {
    this.notice = notice;
    for (String line : new String(notice, StandardCharsets.UTF_8).split("\n")) {
      var part = PART.matcher(line);
      if (part.matches()) {
        ofPart.put(part.group(1), List.of(part.group(2).split(", ")));
      }
    }
  }

  static Licences load() {
    return new Licences(read("NOTICE"));
  }

  byte[] notice() {
    return notice;
  }

  /** The licences of a jar by their names; none if NOTICE has no line for it. */
  List<String> of(String jar) {
    return ofPart.getOrDefault(VERSION.matcher(jar).replaceFirst(""), List.of());
  }

  /** The texts of a jar's licences, by the names of files. */
  Map<String, byte[]> textsOf(String jar) {
    Map<String, byte[]> texts = new LinkedHashMap<>();
    for (String licence : of(jar)) {
      texts.put(licence + ".txt", read(licence + ".txt"));
    }
    return texts;
  }

  private static byte[] read(String name) {
    try (InputStream in = Licences.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(
            "The library's jar lacks " + FOLDER + name + ": build it again.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("The library's jar cannot be read: " + e.getMessage(), e);
    }
  }
}
