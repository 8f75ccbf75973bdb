package org.lossbook.io;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Reason;

/**
 * Reads arrays from an untrusted HDF5 file. jHDF locates an array; its numbers are read here in
 * chunks, after the file's metadata was checked against its size. Links to other places or files
 * are not followed.
 *
 * @hidden
 */
@Internal
public final class HdfReader implements AutoCloseable {
  private static final int CHUNK = 1 << 14;

  /**
   * The maximum depth; Keras nests an array five levels deep, and three more for each nested model.
   */
  private static final int DEEPEST = 50;

  private final String file;
  private final BoundedChannel channel;
  private final HdfFile hdf;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(4 * CHUNK);
  private final float[] floats = new float[CHUNK];

  /**
   * Receives numbers: the first {@code count} of {@code from}.
   *
   * @hidden
   */
  @Internal
  @FunctionalInterface
  public interface Sink {
    /** Receives the numbers of the array from {@code offset} on. */
    void take(int offset, float[] from, int count);
  }

  /**
   * Opens a file.
   *
   * @param name its name in messages
   * @throws ModelFileException if it is not an HDF5 file
   */
  public HdfReader(Path path, String name) {
    file = name;
    try {
      channel = new BoundedChannel(path);
    } catch (IOException e) {
      throw new ModelFileException(name + " cannot be read: " + Reason.of(e) + ".", e);
    }
    try {
      hdf = guarded(() -> new HdfFile(channel));
    } catch (ModelFileException e) {
      close();
      throw e;
    }
  }

  /** Whether there is an array or a group of that path. */
  public boolean has(String path) {
    return guarded(() -> find(path).isPresent());
  }

  /** The names of a group's children; none if there is no such group. */
  public List<String> names(String path) {
    return guarded(
        () ->
            find(path)
                .filter(Group.class::isInstance)
                .map(group -> List.copyOf(((Group) group).getChildren().keySet()))
                .orElse(List.of()));
  }

  /** The paths of all arrays in a group and its subgroups; none if there is no such group. */
  public Set<String> arrays(String path) {
    Set<String> arrays = new TreeSet<>();
    guarded(
        () -> {
          find(path).ifPresent(node -> collect(node, path, 0, arrays));
          return arrays;
        });
    return arrays;
  }

  private void collect(Node node, String path, int depth, Set<String> arrays) {
    if (depth > DEEPEST || node.isLink()) {
      throw damaged(path + " is a cyclic link or leads elsewhere");
    }
    if (node instanceof Group group) {
      group
          .getChildren()
          .forEach((name, child) -> collect(child, path + "/" + name, depth + 1, arrays));
    } else {
      arrays.add(path);
    }
  }

  /**
   * Checks that an array exists with this shape, before memory is allocated for it.
   *
   * @throws ModelFileException if it is missing, of another shape or type, or truncated
   */
  public void check(String path, int... shape) {
    guarded(() -> address(numbers(path), path, shape));
  }

  /** Whether there is an array of floats of that shape. */
  public boolean isArray(String path, int... shape) {
    return guarded(
        () ->
            find(path)
                .filter(node -> node instanceof ContiguousDataset)
                .map(node -> Arrays.equals(((ContiguousDataset) node).getDimensions(), shape))
                .orElse(false));
  }

  /** Reads an array of floats, or of whole numbers, in chunks. */
  public void read(String path, int[] shape, Sink sink) {
    guarded(
        () -> {
          ContiguousDataset array = numbers(path);
          long address = address(array, path, shape);
          DataType type = array.getDataType();
          int each = type.getSize();
          bytes.order(((OrderedDataType) type).getByteOrder());
          long size = array.getSize();
          int most = 4 * CHUNK / each;
          for (int offset = 0; offset < size; offset += most) {
            int count = (int) Math.min(most, size - offset);
            channel.readFully(bytes.clear().limit(each * count), address + (long) each * offset);
            bytes.flip();
            if (type instanceof FloatingPoint) {
              bytes.asFloatBuffer().get(floats, 0, count);
            } else {
              for (int i = 0; i < count; i++) {
                floats[i] = each == 4 ? bytes.getInt() : bytes.getLong();
              }
            }
            sink.take(offset, floats, count);
          }
          return size;
        });
  }

  /** A scalar integer of 4 or 8 bytes; empty if there is none at that path. */
  public Optional<Long> whole(String path) {
    return guarded(
        () ->
            find(path)
                .map(
                    node -> {
                      ContiguousDataset array = contiguous(node, path);
                      int size = array.getDataType().getSize();
                      if (!(array.getDataType() instanceof FixedPoint type)
                          || size != 4 && size != 8) {
                        throw damaged(path + " is not a whole number");
                      }
                      long address = address(array, path);
                      ByteBuffer number = ByteBuffer.allocate(size).order(type.getByteOrder());
                      channel.readFully(number, address);
                      return size == 4 ? number.flip().getInt() : number.flip().getLong();
                    }));
  }

  /** A scalar float; empty if there is none at that path. */
  public Optional<Float> number(String path) {
    if (!has(path)) {
      return Optional.empty();
    }
    float[] number = new float[1];
    read(path, new int[0], (offset, from, count) -> number[0] = from[0]);
    return Optional.of(number[0]);
  }

  /**
   * A text attribute of a group, such as a model's config as JSON; empty if it has none.
   *
   * @param path the group's path; empty for the root
   */
  public Optional<String> text(String path, String name) {
    return guarded(
        () ->
            attribute(path, name)
                .filter(attribute -> attribute.getDimensions().length == 0)
                .map(attribute -> (String) attribute.getData()));
  }

  /**
   * A text list attribute of a group, split over that name with 0, 1, … appended if it was too long
   * for HDF5; empty if the group has none, or does not exist.
   */
  public Optional<List<String>> texts(String path, String name) {
    return guarded(
        () -> {
          if (attributes(path).containsKey(name)) {
            return Optional.of(list(path, name));
          }
          List<String> all = new ArrayList<>();
          int part = 0;
          while (attributes(path).containsKey(name + part)) {
            all.addAll(list(path, name + part++));
          }
          return part == 0 ? Optional.empty() : Optional.of(all);
        });
  }

  private List<String> list(String path, String name) {
    Optional<Attribute> found = attribute(path, name);
    if (found.isEmpty()) {
      return List.of(); // Keras writes an empty list as an empty array of numbers
    }
    if (found.get().getDimensions().length != 1) {
      throw damaged(name + " of " + path + " is not a list");
    }
    return List.of((String[]) found.get().getData());
  }

  /** An attribute that holds text. */
  private Optional<Attribute> attribute(String path, String name) {
    Attribute found = attributes(path).get(name);
    if (found == null || found.isEmpty()) {
      return Optional.empty();
    }
    if (found.getJavaType() != String.class) {
      throw damaged(name + " of " + path + " is not a string");
    }
    return Optional.of(found);
  }

  private Map<String, Attribute> attributes(String path) {
    Optional<Node> node = path.isEmpty() ? Optional.of(hdf) : find(path);
    return node.map(Node::getAttributes).orElse(Map.of());
  }

  /** An array of 32 bit floats, or of whole numbers, such as a count. */
  private ContiguousDataset numbers(String path) {
    Node node = find(path).orElseThrow(() -> damaged("it has no " + path));
    ContiguousDataset array = contiguous(node, path);
    DataType type = array.getDataType();
    int size = type.getSize();
    boolean isWhole = type instanceof FixedPoint && (size == 4 || size == 8);
    if (!isWhole && !(type instanceof FloatingPoint && size == 4)) {
      throw damaged(path + " holds no 32 bit floats");
    }
    return array;
  }

  private ContiguousDataset contiguous(Node node, String path) {
    if (node instanceof ContiguousDataset array) {
      return array;
    }
    throw damaged(
        path
            + (node instanceof Dataset
                ? " is compressed or chunked, which Keras never writes"
                : " is a group where numbers are expected"));
  }

  /** The address of an array, after checking its shape and that it lies within the file. */
  private long address(ContiguousDataset array, String path, int... shape) {
    int[] received = array.getDimensions();
    if (!Arrays.equals(received, shape)) {
      throw damaged(
          Messages.of(
              "%s is %s where %s is expected",
              path, Arrays.toString(received), Arrays.toString(shape)));
    }
    long size = array.getDataType().getSize();
    for (int extent : shape) {
      size = Math.multiplyExact(size, extent);
    }
    long address = array.getDataAddress();
    if (address <= 0 || address > channel.size() - size) {
      throw damaged(path + " lies beyond the end of the file");
    }
    return address;
  }

  private Optional<Node> find(String path) {
    Node node = hdf;
    for (String part : path.split("/")) {
      node = node instanceof Group group ? group.getChild(part) : null;
      if (node == null) {
        return Optional.empty();
      }
      if (node.isLink()) {
        throw damaged(path + " is a link to another place, which is not followed");
      }
    }
    return Optional.of(node);
  }

  private ModelFileException damaged(String what) {
    return new ModelFileException(
        Messages.of("%s cannot be loaded: %s. It is damaged, or not a Keras file.", file, what));
  }

  /** Reports whatever jHDF throws as a damaged file. */
  private <T> T guarded(Supplier<T> action) {
    try {
      return action.get();
    } catch (ModelFileException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new ModelFileException(
          file + " cannot be loaded: its weights are damaged, or not an HDF5 file.", e);
    }
  }

  @Override
  public void close() {
    channel.shut();
  }
}
