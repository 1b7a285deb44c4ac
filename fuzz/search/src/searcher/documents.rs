//! The forms of documents: parameters of sets, steps of workflows. A document begins with an element that has no comma before it.

use selvedge::Type;

use super::forms::Forms;
use super::node::Sort::{Token, Value};
use super::node::{Sort, TextKind};

impl Forms {
    /// Parameters of sets.
    pub(crate) fn definitions(&mut self) {
        let template = &[Token(TextKind::Template)][..];
        let one = &[Sort::Definition][..];
        let element = &[Sort::Element][..];
        let def = Sort::Definition;
        for (ty, weight) in [("STRING", 12), ("LONG", 2), ("DOUBLE", 2), ("BOOLEAN", 1)] {
            self.add_many(
                def,
                weight,
                &format!(",\"p№\":{{\"type\":\"{ty}\",\"value\":\"“\"}}"),
                &[],
                template,
            );
        }
        for (ty, first) in [
            ("STRING_ARRAY", "\"a\""),
            ("LONG_ARRAY", "1"),
            ("DOUBLE_ARRAY", "0.1"),
            ("BOOLEAN_ARRAY", "true"),
        ] {
            self.add_many(
                def,
                4,
                &format!(",\"p№\":{{\"type\":\"{ty}\",\"value\":[{first}…]}}"),
                &[],
                element,
            );
        }
        self.add_many(
            def,
            4,
            ",\"p№\":{\"type\":\"STRING_MAP\",\"value\":{\"“\":\"x\"}}",
            &[],
            template,
        );
        self.add_many(
            def,
            4,
            ",\"p№\":{\"type\":\"STRING_MAP\",\"value\":{\"k\":\"“\"}}",
            &[],
            template,
        );
        self.add_many(
            def,
            4,
            ",\"p№\":{\"type\":\"MAP\",\"value\":{\"z\":{\"value\":1}…}}",
            &[],
            one,
        );
        let types = [
            "STRING",
            "LONG",
            "DOUBLE",
            "BOOLEAN",
            "STRING_ARRAY",
            "LONG_ARRAY",
            "DOUBLE_ARRAY",
            "BOOLEAN_ARRAY",
            "STRING_MAP",
            "MAP",
        ];
        for ty in types {
            let expression = &[Sort::Expression][..];
            self.add_many(
                def,
                2,
                &format!(",\"p№\":{{\"type\":\"{ty}\",\"expression\":\"“\"}}"),
                &[],
                expression,
            );
        }
        self.add_many(def, 4, ",\"p№\":{\"expression\":\"“\"}", &[], &[Sort::Expression]);
    }

    /// Expressions of parameters, and the elements of their literals.
    pub(crate) fn expressions(&mut self) {
        for text in [
            "p0",
            "p1",
            "p2",
            "''+p0",
            "''+p1+p0",
            "p0+p1",
            "params['p0']",
            "params.get('p'+1)",
            "s='';for(i=0;i<20;i+=1)s+=params['p'+i];return s;",
            "while(true){x=params['p0'];}",
            "i=0;while(i<9){i+=1;x=params['p'+i];}return 'a';",
            "s='y';for(k=0;k<15;k+=1)s+=s;return s;",
            "p0.length()",
            "p0[0]",
            "new String[]{p0,p0,p0}",
            "new long[9000]",
            "new double[3000]",
            "p0.split('')",
            "Util.intsBetween(0,5000,1)",
            "m=new Map();for(i=0;i<500;i+=1)m.put('k'+i,0.1);return m;",
            "m=new Map();m.put('a',p0);return m;",
            "0.1",
            "5e-324",
            "'12'",
            "'1.5'",
            "'true'",
            "1",
        ] {
            self.add(Sort::Expression, 4, text, &[]);
        }
        self.add(
            Sort::Expression,
            10,
            "□",
            &[&[
                Value(Type::String),
                Value(Type::Long),
                Value(Type::DoubleArray),
                Value(Type::StringArray),
            ]],
        );
        // What is wrong is told with what may have been meant.
        for text in [
            "z.ab();",
            "z.lenght();",
            "p0.getMillisOfDaay();",
            "'a'.subs(1);",
            "1.plusDay();",
            "Frob.ab(1);",
            "Util.intBetwen();",
            "params.getFromStp('a','b');",
            "new Frob();",
            "frob(1);",
            "zz;",
            "z.x;",
            "Util.x;",
            "z.map(a->a.ab());",
            "'a'.substring();",
            "fro z;",
            "whlie(z){",
            "1 +* 2;",
            "'a",
            "(",
            "z[",
            "f'{z}';",
        ] {
            self.add(Sort::Expression, 1, text, &[]);
        }
        for text in [
            ",1",
            ",\"a\"",
            ",0.1",
            ",5e-324",
            ",true",
            ",\"1\"",
            ",\"$p0\"",
            ",\"${p1}x\"",
        ] {
            self.add(Sort::Element, 2, text, &[]);
        }
        self.add_many(Sort::Element, 3, ",\"“\"", &[], &[Token(TextKind::Template)]);
    }

    /// Steps of workflows.
    pub(crate) fn steps(&mut self) {
        let (definition, step) = (&[Sort::Definition][..], &[Sort::Step][..]);
        let of = Sort::Step;
        self.add_many(
            of,
            8,
            ",{\"step\":{\"id\":\"s№\",\"type\":\"t\",\"params\":{\"z\":{\"value\":1}…}}}",
            &[],
            definition,
        );
        self.add(of, 6, ",{\"step\":{\"id\":\"s№\",\"type\":\"t\"}}", &[]);
        let first = "{\"step\":{\"id\":\"s№\",\"type\":\"t\"}}";
        let looped = &[&[Sort::LoopParameter][..]][..];
        let text = ",{\"foreach\":{\"id\":\"f№\",\"params\":{\"loop_params\":{\"type\":\"MAP\",\"value\":{□}}},\"steps\":[FIRST…]}}";
        self.add_many(of, 10, &text.replace("FIRST", first), looped, step);
        let text = ",{\"foreach\":{\"id\":\"f№\",\"params\":{\"z\":{\"value\":1}□,\"loop_params\":{\"type\":\"MAP\",\"value\":{□}}},\"steps\":[FIRST…]}}";
        self.add_many(
            of,
            5,
            &text.replace("FIRST", first),
            &[definition, &[Sort::LoopParameter]],
            step,
        );
        let text = ",{\"while\":{\"id\":\"w№\",\"condition\":\"true\",\"params\":{\"loop_params\":{\"type\":\"MAP\",\"value\":{□}}},\"steps\":[FIRST…]}}";
        self.add_many(of, 8, &text.replace("FIRST", first), looped, step);
        self.add(
            of,
            2,
            ",{\"subworkflow\":{\"id\":\"u№\",\"params\":{\"subworkflow_id\":{\"value\":\"w\"}}}}",
            &[],
        );
        let axis = Sort::LoopParameter;
        self.add(axis, 8, "\"i\":{\"type\":\"LONG_ARRAY\",\"value\":[]}", &[]);
        self.add(axis, 6, "\"i\":{\"type\":\"LONG_ARRAY\",\"value\":[1,2]}", &[]);
        for count in [3, 100, 1_000] {
            self.add(
                axis,
                3,
                &format!("\"i\":{{\"expression\":\"Util.intsBetween(0,{count},1)\"}}"),
                &[],
            );
        }
        self.add(axis, 3, "\"i\":{\"type\":\"STRING_ARRAY\",\"value\":[\"a\",\"b\"]},\"j\":{\"expression\":\"Util.intsBetween(0,30,1)\"}", &[]);
        self.add_many(
            axis,
            4,
            "\"i\":{\"type\":\"STRING\",\"value\":\"“\"}",
            &[],
            &[Token(TextKind::Template)],
        );
        self.add_many(axis, 4, "\"i\":{\"expression\":\"“\"}", &[], &[Sort::Expression]);
        self.add_many(
            axis,
            2,
            "\"i\":{\"type\":\"STRING_ARRAY\",\"value\":[\"a\"…]}",
            &[],
            &[Sort::Element],
        );
    }
}
