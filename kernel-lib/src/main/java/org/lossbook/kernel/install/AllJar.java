package org.lossbook.kernel.install;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.lossbook.notebook.rendering.Greeting;

/**
 * Merges many jars into one: the class path of the installed kernel, and all that another kernel
 * needs to load the library with {@code %jars}. Compressed entries are copied as they are, so that
 * 200 MB take a second.
 */
final class AllJar {
  static final String NAME = "lossbook-all.jar";

  private static final String SERVICES = "META-INF/services/";
  private static final String VERSIONS = "META-INF/versions/";

  /** Entries about a single jar: its manifest, its signature, its module. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]+\\.(SF|RSA|DSA|EC))|(.*/)?module-info\\.class");

  private static final Pattern LEGAL =
      Pattern.compile("(?:META-INF/)?((?:LICENSE|NOTICE|DEPENDENCIES)[^/]*)");

  private final Licences licences = Licences.load();
  private final Set<String> written = new HashSet<>();
  private final Map<String, Set<String>> services = new TreeMap<>();

  private AllJar() {}

  /**
   * Merges some of the library's jars, which a class path completes by the others.
   *
   * @param greets whether this part registers the renderers in a kernel that loads it later
   */
  static void writePart(List<Path> jars, Path to, boolean greets) throws IOException {
    try (var out = new ZipArchiveOutputStream(to.toFile())) {
      var part = new AllJar();
      if (greets) {
        part.greet();
      }
      part.fill(out, jars);
    }
  }

  /**
   * Merges {@code jars}; of two entries with the same name the first wins, as on a class path.
   *
   * @return false if {@code to} is the jar of these jars already
   */
  static boolean write(List<Path> jars, Path to) throws IOException {
    String fingerprint = fingerprint(jars);
    if (fingerprint.equals(fingerprintIn(to))) {
      return false;
    }
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try (var out = new ZipArchiveOutputStream(part.toFile())) {
      out.setComment(fingerprint);
      var all = new AllJar();
      all.greet();
      all.fill(out, jars);
    }
    Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  /** Registers the library's renderers in a kernel that loads the jar later: see Greeting. */
  private void greet() {
    service(SERVICES + "com.sun.source.util.Plugin").add(Greeting.class.getName());
  }

  private void fill(ZipArchiveOutputStream out, List<Path> jars) throws IOException {
    put(out, JarFile.MANIFEST_NAME, manifest());
    put(out, "META-INF/NOTICE", licences.notice());
    for (Path jar : jars) {
      String name = jar.getFileName().toString();
      boolean versioned;
      try (var file = new JarFile(jar.toFile())) {
        versioned = file.isMultiRelease();
      }
      try (var zip = new ZipFile(jar.toFile())) {
        for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
          if (versioned || !entry.getName().startsWith(VERSIONS)) {
            add(out, zip, entry, name);
          }
        }
      }
      if (written.stream().noneMatch(file -> file.startsWith(legal(name) + "LICENSE"))) {
        for (Map.Entry<String, byte[]> text : licences.textsOf(name).entrySet()) {
          put(out, legal(name) + text.getKey(), text.getValue());
        }
      }
    }
    for (Map.Entry<String, Set<String>> service : services.entrySet()) {
      String providers = String.join("\n", service.getValue()) + "\n";
      put(out, service.getKey(), providers.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void add(ZipArchiveOutputStream out, ZipFile zip, ZipArchiveEntry entry, String jar)
      throws IOException {
    String name = entry.getName();
    if (LEFT_OUT.matcher(name).matches()) {
      return;
    }
    if (name.startsWith(SERVICES) && !entry.isDirectory()) {
      try (var in = zip.getInputStream(entry)) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceAll("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .forEach(service(name)::add);
      }
      return;
    }
    var legal = LEGAL.matcher(name);
    if (legal.matches()) {
      name = legal(jar) + legal.group(1);
    }
    if (written.add(name)) {
      out.addRawArchiveEntry(new Named(entry, name), zip.getRawInputStream(entry));
    }
  }

  private static String legal(String jar) {
    return "META-INF/legal/" + jar + "/";
  }

  private Set<String> service(String name) {
    return services.computeIfAbsent(name, n -> new LinkedHashSet<>());
  }

  private void put(ZipArchiveOutputStream out, String name, byte[] content) throws IOException {
    written.add(name);
    var entry = new ZipArchiveEntry(name);
    entry.setTime(0);
    out.putArchiveEntry(entry);
    new ByteArrayInputStream(content).transferTo(out);
    out.closeArchiveEntry();
  }

  private static byte[] manifest() throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    var bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    return bytes.toByteArray();
  }

  private static String fingerprint(List<Path> jars) throws IOException {
    var text = new StringBuilder();
    for (Path jar : jars) {
      text.append(jar.getFileName()).append(' ').append(Files.size(jar)).append(' ');
      text.append(Files.getLastModifiedTime(jar).toMillis()).append('\n');
    }
    return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String fingerprintIn(Path jar) {
    try (var zip = new java.util.zip.ZipFile(jar.toFile())) {
      return String.valueOf(zip.getComment());
    } catch (IOException e) {
      return "none";
    }
  }

  private static final class Named extends ZipArchiveEntry {
    Named(ZipArchiveEntry entry, String name) throws IOException {
      super(entry);
      setName(name);
    }
  }
}
