package org.lossbook.kernel.cell;

import static org.objectweb.asm.Opcodes.ASM9;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes code that lives on, such as a lambda in a variable, use the newest version of each method
 * and variable of cells.
 */
final class Relinker {
  /** Finds where a static member is now. */
  interface Newest {
    /** The class, by its internal name, that now has the member; {@code owner} if none other. */
    String ownerOf(String owner, String member, String descriptor);
  }

  private Relinker() {}

  /** {@code classFile} with its static members where they are now; empty if none has moved. */
  static Optional<byte[]> relink(byte[] classFile, Newest newest) {
    var reader = new ClassReader(classFile);
    var writer = new ClassWriter(reader, 0);
    boolean[] moved = {false};
    Newest counting =
        (owner, member, descriptor) -> {
          String now = newest.ownerOf(owner, member, descriptor);
          moved[0] |= !now.equals(owner);
          return now;
        };
    reader.accept(
        new ClassVisitor(ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor same = super.visitMethod(access, name, type, signature, exceptions);
            boolean hasRun = name.startsWith("do_it$"); // never runs again
            return hasRun ? same : new Moved(same, counting);
          }
        },
        0);
    return moved[0] ? Optional.of(writer.toByteArray()) : Optional.empty();
  }

  /**
   * Whether a lambda in {@code classFile} uses a class or member that only an earlier version of a
   * cell has.
   *
   * @param outdated tells by its internal name whether cells compile against another version
   */
  static boolean isStale(byte[] classFile, Newest newest, Predicate<String> outdated) {
    boolean[] stale = {false};
    Consumer<Type> look =
        type -> stale[0] |= type.getSort() == Type.OBJECT && outdated.test(type.getInternalName());
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                return new Moved(
                    null,
                    (owner, member, descriptor) -> {
                      String now = newest.ownerOf(owner, member, descriptor);
                      boolean own = member.startsWith("lambda$") || member.startsWith("do_it");
                      stale[0] |= !own && outdated.test(now);
                      return now;
                    }) {
                  @Override
                  public void visitTypeInsn(int opcode, String used) {
                    look.accept(Type.getObjectType(used));
                  }

                  @Override
                  public void visitInvokeDynamicInsn(
                      String called, String site, Handle bootstrap, Object... arguments) {
                    for (Object each : arguments) {
                      if (each instanceof Type method && method.getSort() == Type.METHOD) {
                        List.of(method.getArgumentTypes()).forEach(look);
                        look.accept(method.getReturnType());
                      }
                    }
                    super.visitInvokeDynamicInsn(called, site, bootstrap, arguments);
                  }
                };
              }
            },
            ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return stale[0];
  }

  private static class Moved extends MethodVisitor {
    private final Newest newest;

    Moved(MethodVisitor next, Newest newest) {
      super(ASM9, next);
      this.newest = newest;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean ofInterface) {
      String now = opcode == Opcodes.INVOKESTATIC ? newest.ownerOf(owner, name, descriptor) : owner;
      super.visitMethodInsn(opcode, now, name, descriptor, ofInterface);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
      String now = isStatic ? newest.ownerOf(owner, name, descriptor) : owner;
      super.visitFieldInsn(opcode, now, name, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      Object[] now = arguments.clone();
      for (int i = 0; i < now.length; i++) {
        if (now[i] instanceof Handle handle
            && handle.getTag() == Opcodes.H_INVOKESTATIC
            && !handle.getName().startsWith("lambda$")) {
          String owner = newest.ownerOf(handle.getOwner(), handle.getName(), handle.getDesc());
          now[i] =
              new Handle(
                  handle.getTag(), owner, handle.getName(), handle.getDesc(), handle.isInterface());
        }
      }
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, now);
    }
  }
}
