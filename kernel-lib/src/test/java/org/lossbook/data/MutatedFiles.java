package org.lossbook.data;

import static org.lossbook.Lossbook.charset;
import static org.lossbook.Lossbook.csv;
import static org.lossbook.Lossbook.dates;
import static org.lossbook.Lossbook.decimalComma;
import static org.lossbook.Lossbook.header;
import static org.lossbook.Lossbook.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.lossbook.data.table.CsvFormat;

/**
 * Tables and pictures with damages drawn by a seed, each read in turn: {@code MutatedFiles 0
 * 100000} by hand in a heap of 256 MB, some thousands in {@link MutatedFilesTest}. It says a line
 * for each file that ends in anything but a table, a picture or a sentence of the library's, or
 * takes more than two seconds of the processor.
 */
public final class MutatedFiles {
  private static final long PATIENCE = 2_000_000_000;
  private static final int[] EDGES = {
    0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xffff, 0x7fff, 0x100, 0x10000, 0x00ff_ffff
  };

  private static final List<String> TABLES =
      List.of(
          "a,b,c\n1,2.5,red\n-3,1e5,\"blue, dark\"\n,NA,green\n",
          "name;weight;date\nM\u00fcller;1,5;02.01.2020\nJos\u00e9;1.234,5;31.12.2020\n",
          "\ufeffid\tflag\twhen\n007\ttrue\t2020-01-02 10:30\n012\tFALSE\t2020-01-03 11:00\n",
          "# hash,x\r\n#1,\"multi\r\nline\"\r\n2,\"say \"\"so\"\"\"\r\n",
          "5.1,3.5,1.4,0.2,setosa\n4.9,3.0,1.4,0.2,setosa\n?,3.2,1.3,12%,virginica\n",
          "p|q\n1,234,567|9007199254740993\n1'000|12345678901234567890\n-|1e-400\n",
          "t\n10:30\n11:45:07 PM\n24:00\nJan 2, 2020\n");

  private final List<byte[]> tables =
      new ArrayList<>(TABLES.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  private final List<byte[]> pictures = new ArrayList<>();
  private final Path file;
  private SplittableRandom random = new SplittableRandom(0);

  private MutatedFiles() throws IOException {
    file = Files.createTempFile("mutated", ".csv");
    file.toFile().deleteOnExit();
    tables.add(TABLES.get(1).getBytes(StandardCharsets.ISO_8859_1));
    tables.add(TABLES.get(0).getBytes(StandardCharsets.UTF_16));
    int[] types = {
      BufferedImage.TYPE_INT_RGB,
      BufferedImage.TYPE_INT_ARGB,
      BufferedImage.TYPE_BYTE_GRAY,
      BufferedImage.TYPE_USHORT_GRAY,
      BufferedImage.TYPE_BYTE_BINARY,
      BufferedImage.TYPE_BYTE_INDEXED
    };
    for (int type : types) {
      var image = new BufferedImage(23, 17, type);
      for (int i = 0; i < 23 * 17; i++) {
        image.setRGB(i % 23, i / 23, i * 0x01_0305_07);
      }
      for (String kind : List.of("png", "jpg", "gif", "bmp", "tif", "wbmp")) {
        encode(image, kind, false);
        encode(image, kind, true);
      }
    }
  }

  /** Adds a file, where Java writes such an image so. */
  private void encode(BufferedImage image, String kind, boolean progressive) throws IOException {
    var writers = ImageIO.getImageWriters(new ImageTypeSpecifier(image), kind);
    if (!writers.hasNext()) {
      return;
    }
    ImageWriter writer = writers.next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    if (progressive && !param.canWriteProgressive()) {
      return;
    }
    if (progressive) {
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    var out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    pictures.add(out.toByteArray());
  }

  /** Reads so many from the first on, and says how many failed. */
  public static void main(String[] arguments) throws IOException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments[0].equals("large")) {
      out.println(large(arguments[1]));
      return;
    }
    var files = new MutatedFiles();
    int first = Integer.parseInt(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    int failures = 0;
    int read = 0;
    for (int i = first; i < first + count; i++) {
      String said = files.one(i);
      read += said.isEmpty() ? 1 : 0;
      if (!said.isEmpty() && !said.equals("refused")) {
        failures++;
        out.println(i + ": " + said);
      }
    }
    out.printf("%d files, %d read, %d failures%n", count, read, failures);
  }

  /** What is said of a PNG of 49 million black pixels. */
  private static String large(String kind) throws IOException {
    byte depth = (byte) (kind.equals("deep") ? 16 : 8);
    byte colours = (byte) (kind.equals("grey") ? 0 : 2);
    var header = ByteBuffer.allocate(13).putInt(7000).putInt(7000).put(depth).put(colours);
    var pixels = new ByteArrayOutputStream();
    try (var packed = new DeflaterOutputStream(pixels)) {
      byte[] row = new byte[1 + 7000 * (depth / 8) * (colours == 0 ? 1 : 3)];
      for (int y = 0; y < 7000; y++) {
        packed.write(row);
      }
    }
    var png = new ByteArrayOutputStream();
    png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    chunk(png, "IHDR", header.array());
    chunk(png, "IDAT", pixels.toByteArray());
    chunk(png, "IEND", new byte[0]);
    try {
      return image(png.toByteArray()).toString();
    } catch (DataException e) {
      return e.getMessage();
    }
  }

  private static void chunk(ByteArrayOutputStream png, String name, byte[] content)
      throws IOException {
    byte[] whole = new byte[content.length + 4];
    System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, whole, 0, 4);
    System.arraycopy(content, 0, whole, 4, content.length);
    var sum = new CRC32();
    sum.update(whole);
    png.write(ByteBuffer.allocate(4).putInt(content.length).array());
    png.write(whole);
    png.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private String one(int seed) throws IOException {
    random = new SplittableRandom(seed);
    boolean table = seed % 2 == 0;
    byte[] bytes = mutated(table ? tables : pictures);
    var clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    String said = "";
    try {
      if (table) {
        Files.write(file, bytes);
        csv(file, format());
      } else {
        image(bytes).grey();
      }
    } catch (DataException | IllegalArgumentException e) {
      String who = table ? "csv " : "image";
      boolean ours = e.getMessage().startsWith(who) && !e.getMessage().contains("null");
      said = ours ? "refused" : e.toString();
    } catch (Throwable e) {
      said = e + " at " + Arrays.stream(e.getStackTrace()).limit(4).toList();
    }
    long took = clock.getCurrentThreadCpuTime() - start;
    return took > PATIENCE ? "%.1f s, %s".formatted(took / 1e9, said) : said;
  }

  private CsvFormat format() {
    return switch (random.nextInt(6)) {
      case 0 -> decimalComma().missing("?", "-");
      case 1 -> header(false);
      case 2 -> charset("windows-1252").separator(';');
      case 3 -> dates("dd.MM.yyyy", "H:mm");
      default -> CsvFormat.plain();
    };
  }

  private byte[] mutated(List<byte[]> seeds) {
    byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
    for (int k = random.nextInt(1, 6); k > 0 && bytes.length > 8; k--) {
      bytes = damaged(bytes, seeds);
    }
    return random.nextBoolean() ? checked(bytes) : bytes;
  }

  private byte[] damaged(byte[] bytes, List<byte[]> seeds) {
    int at = random.nextInt(bytes.length);
    int early = random.nextInt(Math.min(bytes.length, 64));
    int length = random.nextInt(Math.min(64, bytes.length - at) + 1);
    switch (random.nextInt(9)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> bytes[early] = (byte) random.nextInt(256);
      case 3 -> edge(bytes, early);
      case 4 -> edge(bytes, at);
      case 5 -> {
        return Arrays.copyOf(bytes, at + 1);
      }
      case 6 -> {
        return joined(bytes, at, bytes, at + length); // a piece is missing
      }
      case 7 -> {
        return joined(bytes, Math.min(bytes.length, at + length), bytes, at); // it comes twice
      }
      default -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        return joined(bytes, at, other, random.nextInt(other.length));
      }
    }
    return bytes;
  }

  private void edge(byte[] bytes, int at) {
    int place = Math.min(at, bytes.length - 4);
    int value = EDGES[random.nextInt(EDGES.length)];
    ByteBuffer.wrap(bytes)
        .putInt(place, random.nextBoolean() ? value : Integer.reverseBytes(value));
  }

  private static byte[] joined(byte[] head, int until, byte[] tail, int from) {
    byte[] all = Arrays.copyOf(head, until + tail.length - from);
    System.arraycopy(tail, from, all, until, tail.length - from);
    return all;
  }

  /** A PNG whose first piece says by its sum that it is whole. */
  private static byte[] checked(byte[] bytes) {
    if (bytes.length > 33 && bytes[1] == 'P' && bytes[12] == 'I') {
      var sum = new CRC32();
      sum.update(bytes, 12, 17);
      ByteBuffer.wrap(bytes).putInt(29, (int) sum.getValue());
    }
    return bytes;
  }
}
