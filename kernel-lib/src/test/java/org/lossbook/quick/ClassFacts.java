package org.lossbook.quick;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class file says about itself, with names such as {@code org/lossbook/loss/Huber$Form}.
 *
 * @param name of the class
 * @param uses the classes of Lossbook that it mentions anywhere, itself left out
 * @param supers the classes of Lossbook that it extends or implements
 * @param api a digest of what other classes can be compiled against; method bodies do not count,
 *     and of a local or anonymous class it is empty
 */
record ClassFacts(String name, Set<String> uses, Set<String> supers, String api) {
  private static final Pattern OURS = Pattern.compile("org/lossbook/[\\w/$]+");

  static ClassFacts of(byte[] bytes) throws IOException {
    ClassReader reader = new ClassReader(bytes);
    Set<String> uses = mentioned(bytes);
    uses.remove(reader.getClassName());
    Set<String> supers = new TreeSet<>();
    Stream.concat(Stream.ofNullable(reader.getSuperName()), Arrays.stream(reader.getInterfaces()))
        .filter(name -> OURS.matcher(name).matches())
        .forEach(supers::add);
    return new ClassFacts(reader.getClassName(), uses, supers, api(reader));
  }

  static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every text of the constant pool can name classes: a name, a descriptor, a signature. */
  private static Set<String> mentioned(byte[] bytes) throws IOException {
    Set<String> names = new TreeSet<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    in.skipBytes(8);
    int count = in.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> {
          String text = in.readUTF();
          if (text.contains("org/lossbook/")) {
            Matcher matcher = OURS.matcher(text);
            while (matcher.find()) {
              names.add(matcher.group());
            }
          }
        }
        case 7, 8, 16, 19, 20 -> in.skipBytes(2);
        case 15 -> in.skipBytes(3);
        case 5, 6 -> {
          in.skipBytes(8);
          i++;
        }
        default -> in.skipBytes(4);
      }
    }
    return names;
  }

  private static String api(ClassReader reader) {
    ClassWriter kept = new ClassWriter(0);
    Visible visible = new Visible(kept);
    reader.accept(
        visible, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return visible.local ? "" : digest(kept.toByteArray());
  }

  /** Passes on what another class can see. */
  private static final class Visible extends ClassVisitor {
    private String name = "";
    private boolean local;

    Visible(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String above, String[] interfaces) {
      this.name = name;
      super.visit(version, access, name, signature, above, interfaces);
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      return hidden(access) ? null : super.visitField(access, name, descriptor, signature, value);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return hidden(access)
          ? null
          : super.visitMethod(access, name, descriptor, signature, exceptions);
    }

    /** A body alone can add classes to this list, such as those that lambdas need. */
    @Override
    public void visitInnerClass(String inner, String outer, String simple, int access) {
      if (simple != null && (name.equals(outer) || name.equals(inner))) {
        super.visitInnerClass(inner, outer, simple, access);
      }
    }

    @Override
    public void visitNestHost(String host) {}

    @Override
    public void visitNestMember(String member) {}

    @Override
    public void visitOuterClass(String owner, String method, String descriptor) {
      local = true;
    }

    private static boolean hidden(int access) {
      return (access & Opcodes.ACC_PRIVATE) != 0
          || (access & Opcodes.ACC_SYNTHETIC) != 0 && (access & Opcodes.ACC_BRIDGE) == 0;
    }
  }
}
