package org.lossbook.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.Internal;

/**
 * Writes an HDF5 file of groups and contiguous arrays. All addresses are known before the first
 * byte, so arrays are streamed and never held in memory.
 *
 * <p>HDF5 File Format Specification, version 2.0: superblock of version 0, object headers of
 * version 1, links in the groups' headers. HDF5 can read it since version 1.8 (2008).
 *
 * <p>The library that reads these files, jHDF, can also write them (tried: 0.10.0 and 0.13.0), and
 * h5py reads the result. But it accepts only arrays on the Java heap, so 128 MB of weights would
 * need a heap array of 128 MB. It also writes only to a file of its own, which would then have to
 * be copied into the {@code .keras} archive. This class writes from native memory straight into the
 * archive.
 *
 * @hidden
 */
@Internal
public final class HdfWriter {
  private static final long NOWHERE = -1;
  private static final int SUPERBLOCK = 96;

  private final Group root = new Group();

  /**
   * The number types, all little-endian.
   *
   * @hidden
   */
  @Internal
  public enum Kind {
    /** 32 bit floats. */
    FLOAT,
    /** 32 bit integers. */
    INT;

    static final int BYTES = 4;
  }

  private sealed interface Item permits Group, Array {}

  private static final class Group implements Item {
    final Map<String, Item> items = new LinkedHashMap<>();
    String name = "";
    long address;
  }

  private static final class Array implements Item {
    final Kind kind;
    final int[] shape;
    final AtomicFile.Content numbers;
    long address;
    long data;

    Array(Kind kind, int[] shape, AtomicFile.Content numbers) {
      this.kind = kind;
      this.shape = shape;
      this.numbers = numbers;
    }

    long bytes() {
      long bytes = Kind.BYTES;
      for (int extent : shape) {
        bytes = Math.multiplyExact(bytes, extent);
      }
      return bytes;
    }
  }

  /**
   * Adds a group and its parents.
   *
   * @param path {@code layers/dense/vars}
   * @param name its attribute {@code name}, which Keras writes for human readers
   */
  public HdfWriter group(String path, String name) {
    at(path).name = name;
    return this;
  }

  /**
   * Adds an array.
   *
   * @param path {@code layers/dense/vars/0}
   * @param numbers writes as many numbers as the shape has
   */
  public HdfWriter array(String path, Kind kind, int[] shape, AtomicFile.Content numbers) {
    int slash = path.lastIndexOf('/');
    at(path.substring(0, slash))
        .items
        .put(path.substring(slash + 1), new Array(kind, shape.clone(), numbers));
    return this;
  }

  /** Adds a scalar. */
  public HdfWriter number(String path, int value) {
    return array(path, Kind.INT, new int[0], out -> out.write(little(4).putInt(value).array()));
  }

  /** Adds a scalar. */
  public HdfWriter number(String path, float value) {
    return array(path, Kind.FLOAT, new int[0], out -> out.write(little(4).putFloat(value).array()));
  }

  private Group at(String path) {
    Group group = root;
    for (String part : path.split("/")) {
      group = (Group) group.items.computeIfAbsent(part, any -> new Group());
    }
    return group;
  }

  /** Writes the file. */
  public void writeTo(OutputStream out) throws IOException {
    List<Item> items = new ArrayList<>();
    long end = place(root, SUPERBLOCK, items);
    for (Item item : items) {
      if (item instanceof Array array) {
        array.data = end;
        end = aligned(Math.addExact(end, array.bytes()));
      }
    }
    out.write(superblock(end));
    for (Item item : items) {
      out.write(item instanceof Group group ? header(group) : header((Array) item));
    }
    for (Item item : items) {
      if (item instanceof Array array) {
        array.numbers.writeTo(out);
        out.write(new byte[(int) (aligned(array.bytes()) - array.bytes())]);
      }
    }
  }

  /** Assigns addresses to the headers of an item and everything below it. */
  private static long place(Item item, long from, List<Item> items) {
    items.add(item);
    if (item instanceof Array array) {
      array.address = from;
      return from + header(array).length;
    }
    Group group = (Group) item;
    group.address = from;
    long next = from + header(group).length;
    for (Item below : group.items.values()) {
      next = place(below, next, items);
    }
    return next;
  }

  private byte[] superblock(long end) {
    ByteBuffer bytes = little(SUPERBLOCK);
    bytes.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'});
    bytes.put(new byte[] {0, 0, 0, 0, 0, 8, 8, 0}); // versions; offsets and lengths of 8 bytes
    bytes
        .putShort((short) 4)
        .putShort((short) 16)
        .putInt(0); // sizes of B-trees, of which there are none
    bytes.putLong(0).putLong(NOWHERE).putLong(end).putLong(NOWHERE);
    bytes.putLong(0).putLong(root.address); // the root's link: no name, its header
    return bytes.array();
  }

  private static byte[] header(Group group) {
    List<byte[]> messages = new ArrayList<>();
    messages.add(message(0x02, little(18).put(new byte[2]).putLong(NOWHERE).putLong(NOWHERE)));
    messages.add(message(0x0a, little(2)));
    group.items.forEach((name, item) -> messages.add(link(name, item)));
    if (!group.name.isEmpty()) {
      messages.add(nameAttribute(group.name));
    }
    return header(messages);
  }

  private static byte[] header(Array array) {
    ByteBuffer space = little(8 + 8 * array.shape.length);
    space.put((byte) 1).put((byte) array.shape.length).put(new byte[6]);
    for (int extent : array.shape) {
      space.putLong(extent);
    }
    ByteBuffer layout = little(18).put((byte) 3).put((byte) 1);
    layout.putLong(array.data).putLong(array.bytes());
    return header(
        List.of(
            message(0x01, space),
            message(0x03, type(array.kind)),
            message(0x05, little(4).put(new byte[] {2, 2, 2, 0})), // no fill value
            message(0x08, layout)));
  }

  private static ByteBuffer type(Kind kind) {
    return switch (kind) {
      case FLOAT -> {
        ByteBuffer type = little(20).put((byte) 0x11);
        type.put((byte) 0x20).put((byte) 31).put((byte) 0).putInt(Kind.BYTES);
        type.putShort((short) 0).putShort((short) 32); // bit offset and count
        type.put((byte) 23).put((byte) 8).put((byte) 0).put((byte) 23); // exponent, mantissa
        yield type.putInt(127);
      }
      case INT -> {
        ByteBuffer type = little(12).put((byte) 0x10);
        type.put((byte) 0x08).put(new byte[2]).putInt(Kind.BYTES);
        yield type.putShort((short) 0).putShort((short) 32);
      }
    };
  }

  private static byte[] link(String name, Item item) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer link = little(5 + text.length + 8);
    link.put((byte) 1).put((byte) 0x11).put((byte) 1).putShort((short) text.length).put(text);
    return message(
        0x06, link.putLong(item instanceof Group group ? group.address : ((Array) item).address));
  }

  /** A fixed-length text attribute in UTF-8. */
  private static byte[] nameAttribute(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer attribute = little(9 + 5 + 8 + 8 + text.length);
    attribute.put((byte) 3).put((byte) 0).putShort((short) 5).putShort((short) 8);
    attribute.putShort((short) 8).put((byte) 1).put("name\0".getBytes(StandardCharsets.UTF_8));
    attribute.put((byte) 0x13).put((byte) 0x11).putShort((short) 0).putInt(text.length);
    attribute.put((byte) 1).put(new byte[7]); // one element
    return message(0x0c, attribute.put(text));
  }

  private static byte[] message(int type, ByteBuffer body) {
    int size = (int) aligned(body.capacity());
    ByteBuffer message = little(8 + size);
    message.putShort((short) type).putShort((short) size).putInt(0).put(body.array());
    return message.array();
  }

  private static byte[] header(List<byte[]> messages) {
    int size = messages.stream().mapToInt(message -> message.length).sum();
    ByteBuffer header = little(16 + size);
    header.put((byte) 1).put((byte) 0).putShort((short) messages.size()).putInt(1).putInt(size);
    header.putInt(0);
    messages.forEach(header::put);
    return header.array();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long aligned(long size) {
    return (size + 7) / 8 * 8;
  }
}
