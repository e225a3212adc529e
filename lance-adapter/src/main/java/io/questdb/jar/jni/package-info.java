/** The one type of another project's loader that Lance calls, answered by this module. */
@NullMarked
package io.questdb.jar.jni;

import org.jspecify.annotations.NullMarked;
