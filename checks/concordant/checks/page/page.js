"use strict";(()=>{var Fe=Object.defineProperty;var Be=Object.getOwnPropertyDescriptor;var f=(o,e,t,s)=>{for(var r=s>1?void 0:s?Be(e,t):e,n=o.length-1,i;n>=0;n--)(i=o[n])&&(r=(s?i(e,t,r):i(r))||r);return s&&r&&Fe(e,t,r),r};/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var X=globalThis,Z=X.ShadowRoot&&(X.ShadyCSS===void 0||X.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,re=Symbol(),we=new WeakMap,D=class{constructor(e,t,s){if(this._$cssResult$=!0,s!==re)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(Z&&e===void 0){let s=t!==void 0&&t.length===1;s&&(e=we.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),s&&we.set(t,e))}return e}toString(){return this.cssText}},ye=o=>new D(typeof o=="string"?o:o+"",void 0,re),_=(o,...e)=>{let t=o.length===1?o[0]:e.reduce((s,r,n)=>s+(i=>{if(i._$cssResult$===!0)return i.cssText;if(typeof i=="number")return i;throw Error("Value passed to 'css' function must be a 'css' function result: "+i+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+o[n+1],o[0]);return new D(t,o,re)},be=(o,e)=>{if(Z)o.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let s=document.createElement("style"),r=X.litNonce;r!==void 0&&s.setAttribute("nonce",r),s.textContent=t.cssText,o.appendChild(s)}},ne=Z?o=>o:o=>o instanceof CSSStyleSheet?(e=>{let t="";for(let s of e.cssRules)t+=s.cssText;return ye(t)})(o):o;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{is:De,defineProperty:ze,getOwnPropertyDescriptor:qe,getOwnPropertyNames:Ge,getOwnPropertySymbols:Ke,getPrototypeOf:Ve}=Object,Q=globalThis,Se=Q.trustedTypes,Je=Se?Se.emptyScript:"",Ye=Q.reactiveElementPolyfillSupport,z=(o,e)=>o,q={toAttribute(o,e){switch(e){case Boolean:o=o?Je:null;break;case Object:case Array:o=o==null?o:JSON.stringify(o)}return o},fromAttribute(o,e){let t=o;switch(e){case Boolean:t=o!==null;break;case Number:t=o===null?null:Number(o);break;case Object:case Array:try{t=JSON.parse(o)}catch{t=null}}return t}},ee=(o,e)=>!De(o,e),xe={attribute:!0,type:String,converter:q,reflect:!1,useDefault:!1,hasChanged:ee};Symbol.metadata??=Symbol("metadata"),Q.litPropertyMetadata??=new WeakMap;var T=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=xe){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let s=Symbol(),r=this.getPropertyDescriptor(e,s,t);r!==void 0&&ze(this.prototype,e,r)}}static getPropertyDescriptor(e,t,s){let{get:r,set:n}=qe(this.prototype,e)??{get(){return this[t]},set(i){this[t]=i}};return{get:r,set(i){let a=r?.call(this);n?.call(this,i),this.requestUpdate(e,a,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??xe}static _$Ei(){if(this.hasOwnProperty(z("elementProperties")))return;let e=Ve(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(z("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(z("properties"))){let t=this.properties,s=[...Ge(t),...Ke(t)];for(let r of s)this.createProperty(r,t[r])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[s,r]of t)this.elementProperties.set(s,r)}this._$Eh=new Map;for(let[t,s]of this.elementProperties){let r=this._$Eu(t,s);r!==void 0&&this._$Eh.set(r,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let s=new Set(e.flat(1/0).reverse());for(let r of s)t.unshift(ne(r))}else e!==void 0&&t.push(ne(e));return t}static _$Eu(e,t){let s=t.attribute;return s===!1?void 0:typeof s=="string"?s:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let s of t.keys())this.hasOwnProperty(s)&&(e.set(s,this[s]),delete this[s]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return be(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,s){this._$AK(e,s)}_$ET(e,t){let s=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,s);if(r!==void 0&&s.reflect===!0){let n=(s.converter?.toAttribute!==void 0?s.converter:q).toAttribute(t,s.type);this._$Em=e,n==null?this.removeAttribute(r):this.setAttribute(r,n),this._$Em=null}}_$AK(e,t){let s=this.constructor,r=s._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let n=s.getPropertyOptions(r),i=typeof n.converter=="function"?{fromAttribute:n.converter}:n.converter?.fromAttribute!==void 0?n.converter:q;this._$Em=r;let a=i.fromAttribute(t,n.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,s,r=!1,n){if(e!==void 0){let i=this.constructor;if(r===!1&&(n=this[e]),s??=i.getPropertyOptions(e),!((s.hasChanged??ee)(n,t)||s.useDefault&&s.reflect&&n===this._$Ej?.get(e)&&!this.hasAttribute(i._$Eu(e,s))))return;this.C(e,t,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:s,reflect:r,wrapped:n},i){s&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,i??t??this[e]),n!==!0||i!==void 0)||(this._$AL.has(e)||(this.hasUpdated||s||(t=void 0),this._$AL.set(e,t)),r===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,n]of this._$Ep)this[r]=n;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[r,n]of s){let{wrapped:i}=n,a=this[r];i!==!0||this._$AL.has(r)||a===void 0||this.C(r,void 0,n,a)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(t)):this._$EM()}catch(s){throw e=!1,this._$EM(),s}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};T.elementStyles=[],T.shadowRootOptions={mode:"open"},T[z("elementProperties")]=new Map,T[z("finalized")]=new Map,Ye?.({ReactiveElement:T}),(Q.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var pe=globalThis,Ae=o=>o,te=pe.trustedTypes,ke=te?te.createPolicy("lit-html",{createHTML:o=>o}):void 0,Pe="$lit$",E=`lit$${Math.random().toFixed(9).slice(2)}$`,Re="?"+E,Xe=`<${Re}>`,H=document,K=()=>H.createComment(""),V=o=>o===null||typeof o!="object"&&typeof o!="function",me=Array.isArray,Ze=o=>me(o)||typeof o?.[Symbol.iterator]=="function",ie=`[ 	
\f\r]`,G=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,_e=/-->/g,Te=/>/g,R=RegExp(`>|${ie}(?:([^\\s"'>=/]+)(${ie}*=${ie}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Ee=/'/g,Ce=/"/g,Oe=/^(?:script|style|textarea|title)$/i,ue=o=>(e,...t)=>({_$litType$:o,strings:e,values:t}),d=ue(1),w=ue(2),vt=ue(3),U=Symbol.for("lit-noChange"),c=Symbol.for("lit-nothing"),Me=new WeakMap,O=H.createTreeWalker(H,129);function He(o,e){if(!me(o)||!o.hasOwnProperty("raw"))throw Error("invalid template strings array");return ke!==void 0?ke.createHTML(e):e}var Qe=(o,e)=>{let t=o.length-1,s=[],r,n=e===2?"<svg>":e===3?"<math>":"",i=G;for(let a=0;a<t;a++){let h=o[a],l,p,m=-1,g=0;for(;g<h.length&&(i.lastIndex=g,p=i.exec(h),p!==null);)g=i.lastIndex,i===G?p[1]==="!--"?i=_e:p[1]!==void 0?i=Te:p[2]!==void 0?(Oe.test(p[2])&&(r=RegExp("</"+p[2],"g")),i=R):p[3]!==void 0&&(i=R):i===R?p[0]===">"?(i=r??G,m=-1):p[1]===void 0?m=-2:(m=i.lastIndex-p[2].length,l=p[1],i=p[3]===void 0?R:p[3]==='"'?Ce:Ee):i===Ce||i===Ee?i=R:i===_e||i===Te?i=G:(i=R,r=void 0);let v=i===R&&o[a+1].startsWith("/>")?" ":"";n+=i===G?h+Xe:m>=0?(s.push(l),h.slice(0,m)+Pe+h.slice(m)+E+v):h+E+(m===-2?a:v)}return[He(o,n+(o[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),s]},J=class o{constructor({strings:e,_$litType$:t},s){let r;this.parts=[];let n=0,i=0,a=e.length-1,h=this.parts,[l,p]=Qe(e,t);if(this.el=o.createElement(l,s),O.currentNode=this.el.content,t===2||t===3){let m=this.el.content.firstChild;m.replaceWith(...m.childNodes)}for(;(r=O.nextNode())!==null&&h.length<a;){if(r.nodeType===1){if(r.hasAttributes())for(let m of r.getAttributeNames())if(m.endsWith(Pe)){let g=p[i++],v=r.getAttribute(m).split(E),A=/([.?@])?(.*)/.exec(g);h.push({type:1,index:n,name:A[2],strings:v,ctor:A[1]==="."?he:A[1]==="?"?le:A[1]==="@"?de:W}),r.removeAttribute(m)}else m.startsWith(E)&&(h.push({type:6,index:n}),r.removeAttribute(m));if(Oe.test(r.tagName)){let m=r.textContent.split(E),g=m.length-1;if(g>0){r.textContent=te?te.emptyScript:"";for(let v=0;v<g;v++)r.append(m[v],K()),O.nextNode(),h.push({type:2,index:++n});r.append(m[g],K())}}}else if(r.nodeType===8)if(r.data===Re)h.push({type:2,index:n});else{let m=-1;for(;(m=r.data.indexOf(E,m+1))!==-1;)h.push({type:7,index:n}),m+=E.length-1}n++}}static createElement(e,t){let s=H.createElement("template");return s.innerHTML=e,s}};function j(o,e,t=o,s){if(e===U)return e;let r=s!==void 0?t._$Co?.[s]:t._$Cl,n=V(e)?void 0:e._$litDirective$;return r?.constructor!==n&&(r?._$AO?.(!1),n===void 0?r=void 0:(r=new n(o),r._$AT(o,t,s)),s!==void 0?(t._$Co??=[])[s]=r:t._$Cl=r),r!==void 0&&(e=j(o,r._$AS(o,e.values),r,s)),e}var ae=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:s}=this._$AD,r=(e?.creationScope??H).importNode(t,!0);O.currentNode=r;let n=O.nextNode(),i=0,a=0,h=s[0];for(;h!==void 0;){if(i===h.index){let l;h.type===2?l=new Y(n,n.nextSibling,this,e):h.type===1?l=new h.ctor(n,h.name,h.strings,this,e):h.type===6&&(l=new ce(n,this,e)),this._$AV.push(l),h=s[++a]}i!==h?.index&&(n=O.nextNode(),i++)}return O.currentNode=H,r}p(e){let t=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(e,s,t),t+=s.strings.length-2):s._$AI(e[t])),t++}},Y=class o{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,s,r){this.type=2,this._$AH=c,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=s,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=j(this,e,t),V(e)?e===c||e==null||e===""?(this._$AH!==c&&this._$AR(),this._$AH=c):e!==this._$AH&&e!==U&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):Ze(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==c&&V(this._$AH)?this._$AA.nextSibling.data=e:this.T(H.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:s}=e,r=typeof s=="number"?this._$AC(e):(s.el===void 0&&(s.el=J.createElement(He(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===r)this._$AH.p(t);else{let n=new ae(r,this),i=n.u(this.options);n.p(t),this.T(i),this._$AH=n}}_$AC(e){let t=Me.get(e.strings);return t===void 0&&Me.set(e.strings,t=new J(e)),t}k(e){me(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,s,r=0;for(let n of e)r===t.length?t.push(s=new o(this.O(K()),this.O(K()),this,this.options)):s=t[r],s._$AI(n),r++;r<t.length&&(this._$AR(s&&s._$AB.nextSibling,r),t.length=r)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let s=Ae(e).nextSibling;Ae(e).remove(),e=s}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},W=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,s,r,n){this.type=1,this._$AH=c,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=n,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=c}_$AI(e,t=this,s,r){let n=this.strings,i=!1;if(n===void 0)e=j(this,e,t,0),i=!V(e)||e!==this._$AH&&e!==U,i&&(this._$AH=e);else{let a=e,h,l;for(e=n[0],h=0;h<n.length-1;h++)l=j(this,a[s+h],t,h),l===U&&(l=this._$AH[h]),i||=!V(l)||l!==this._$AH[h],l===c?e=c:e!==c&&(e+=(l??"")+n[h+1]),this._$AH[h]=l}i&&!r&&this.j(e)}j(e){e===c?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},he=class extends W{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===c?void 0:e}},le=class extends W{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==c)}},de=class extends W{constructor(e,t,s,r,n){super(e,t,s,r,n),this.type=5}_$AI(e,t=this){if((e=j(this,e,t,0)??c)===U)return;let s=this._$AH,r=e===c&&s!==c||e.capture!==s.capture||e.once!==s.once||e.passive!==s.passive,n=e!==c&&(s===c||r);r&&this.element.removeEventListener(this.name,this,s),n&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},ce=class{constructor(e,t,s){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(e){j(this,e)}};var et=pe.litHtmlPolyfillSupport;et?.(J,Y),(pe.litHtmlVersions??=[]).push("3.3.3");var Ue=(o,e,t)=>{let s=t?.renderBefore??e,r=s._$litPart$;if(r===void 0){let n=t?.renderBefore??null;s._$litPart$=r=new Y(e.insertBefore(K(),n),n,void 0,t??{})}return r._$AI(o),r};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var fe=globalThis,b=class extends T{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Ue(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return U}};b._$litElement$=!0,b.finalized=!0,fe.litElementHydrateSupport?.({LitElement:b});var tt=fe.litElementPolyfillSupport;tt?.({LitElement:b});(fe.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2022 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var C=o=>(e,t)=>{t!==void 0?t.addInitializer(()=>{customElements.define(o,e)}):customElements.define(o,e)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var st={attribute:!0,type:String,converter:q,reflect:!1,hasChanged:ee},ot=(o=st,e,t)=>{let{kind:s,metadata:r}=t,n=globalThis.litPropertyMetadata.get(r);if(n===void 0&&globalThis.litPropertyMetadata.set(r,n=new Map),s==="setter"&&((o=Object.create(o)).wrapped=!0),n.set(t.name,o),s==="accessor"){let{name:i}=t;return{set(a){let h=e.get.call(this);e.set.call(this,a),this.requestUpdate(i,h,o,!0,a)},init(a){return a!==void 0&&this.C(i,void 0,o,a),a}}}if(s==="setter"){let{name:i}=t;return function(a){let h=this[i];e.call(this,a),this.requestUpdate(i,h,o,!0,a)}}throw Error("Unsupported decorator location: "+s)};function y(o){return(e,t)=>typeof t=="object"?ot(o,e,t):((s,r,n)=>{let i=r.hasOwnProperty(n);return r.constructor.createProperty(n,s),i?Object.getOwnPropertyDescriptor(r,n):void 0})(o,e,t)}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function I(o){return y({...o,state:!0,attribute:!1})}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2021 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Le={tuple:["(",")"],set:["{","}"],bag:["[","]"],map:["{","}"]};function u(o){if("text"in o)return o.text;if("fields"in o)return`${o.name}(${o.fields.map(([,s])=>u(s)).join(", ")})`;if(o.kind==="map")return`{${o.entries.map(([s,r])=>`${u(s)}: ${u(r)}`).join(", ")}}`;let[e,t]=Le[o.kind];return`${e}${o.items.map(u).join(", ")}${o.kind==="tuple"&&o.items.length===1?",":""}${t}`}function F(o,e,t){if(e!==null&&u(o)===u(e))return d`<span class="same">${u(o)}</span>`;if(e!==null&&"fields"in o&&"fields"in e&&o.name===e.name){let s=new Map(e.fields);return d`${o.name}(${Ie(o.fields.map(([r,n])=>F(n,s.get(r)??null,t)))})`}if(e!==null&&"kind"in o&&"kind"in e&&o.kind===e.kind){let[s,r]=Le[o.kind];return d`${s}${Ie(rt(o,e,t))}${r}`}return $e(u(o),t)}function rt(o,e,t){if("entries"in o&&"entries"in e){let r=new Map(e.entries.map(([n,i])=>[u(n),i]));return o.entries.map(([n,i])=>{let a=r.get(u(n));return a?d`${u(n)}: ${F(i,a,t)}`:$e(`${u(n)}: ${u(i)}`,t)})}if(!("items"in o&&"items"in e))return[];if(o.kind==="tuple")return o.items.map((r,n)=>F(r,e.items[n]??null,t));let s=e.items.map(u);return o.items.map(r=>{let n=s.indexOf(u(r));return n<0?$e(u(r),t):(s.splice(n,1),u(r))})}function $e(o,e){return e==="new"?d`<ins>${o}</ins>`:d`<del>${o}</del>`}function Ie(o){return d`${o.map((e,t)=>d`${t>0?", ":c}${e}`)}`}var Ne={drawn:"drawn:"};var $={aClauseAMistakeViolated:"a clause, a mistake, violated …",concordant:o=>`, Concordant ${o}`,showOnly:"Show only",what:"what",verdict:"verdict",sentence:"sentence",judgedOn:"judged on",hide:"hide",show:"show",coverageWhatExploringCameTo:"coverage: what exploring came to, and never did",cameAbout:"came about",under:"under",never:"never",theRunOf:(o,e)=>`the run of ${o} ${e}`,move:"move",moves:"moves",theCase:"the case"};var L={spaceTimeDiagramParticipantsMoves:(o,e,t)=>`Space-time diagram: ${o} participants, ${e} moves${t}. The list of moves says the same in words.`,ofWhichAreDrawn:o=>`, of which ${o} are drawn`,ofItsOwn:(o,e)=>`${o} ${e} of its own`,step:"step",steps:"steps",repeatedForEver:"repeated for ever"};var x={aRunOfMovesArrow:o=>`A run of ${o} moves; arrow keys step through it`,beforeTheFirstMove:"before the first move",previousMove:"previous move",nextMove:"next move",lastMove:"last move",moveOf:(o,e)=>`move ${o} of ${e}`,given:o=>`given ${o}`,inFlightAtTheEnd:o=>`${o} in flight at the end`,from:o=>` from ${o}`};var B=class extends b{render(){let[e,...t]=this.drawn.table;return d`<div class="told">
      <p><strong>${this.drawn.clause}</strong>: ${this.drawn.sentence}</p>
      ${e===void 0?this.drawn.facts.map(s=>d`<p class="fact">${s.name}: ${u(s.value)}</p>`):d`<table>
            <thead><tr>${e.map(s=>d`<th scope="col">${s}</th>`)}</tr></thead>
            <tbody>${t.map(([s,...r])=>d`<tr><th scope="row">${s}</th>${r.map(n=>d`<td>${n}</td>`)}</tr>`)}</tbody>
          </table>`}
      ${this.drawn.notation.map(s=>d`<p class="legend">${s}</p>`)}
      ${this.drawn.given.length?d`<p class="fact">${Ne.drawn} ${this.drawn.given.map(s=>`${s.name}: ${u(s.value)}`).join(", ")}</p>`:c}
    </div>`}};B.styles=_`
    :host { display: block; overflow-x: auto; }
    table { border-collapse: collapse; margin: 0.5rem 0; }
    th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid var(--faint); font: 13px/1.4 var(--mono); }
    th { font-family: inherit; }
    .fact { font: 13px/1.5 var(--mono); margin: 0.15rem 0; overflow-wrap: anywhere; }
    .legend { color: var(--dim); font-size: 0.85em; margin: 0.2rem 0; }
    .told { border-left: 3px solid var(--bad); padding: 0.3rem 0.8rem; margin: 0.8rem 0; }
  `,f([y({attribute:!1})],B.prototype,"drawn",2),B=f([C("c-drawn")],B);var nt=18,k=30,oe=44,M=26,it=40,at=36,je=7.3,S=class extends b{constructor(){super(...arguments);this.at=0;this.labels=!1;this.only="";this.fold=!1;this.named=new Set;this.labelled=!1;this.shown=[];this.heights=[];this.lanes=[];this.sized=new ResizeObserver(()=>this.fit())}willUpdate(){let t=({row:a})=>!this.only||a.start===this.only||a.end===this.only,s=({row:a})=>this.fold&&a.mark==="inside";this.shown=this.trace.moves.flatMap((a,h)=>t(a)&&!s(a)?[h+1]:[]);let r=new Set(this.shown),n=0;this.heights=[oe,...this.trace.moves.map((a,h)=>oe+(r.has(h+1)?(n+++.5)*k:n*k))];let i=new Set(this.trace.moves.filter(t).flatMap(({row:a})=>[a.start,a.end]));this.lanes=this.only?this.trace.lanes.filter(a=>i.has(a)):this.trace.lanes}render(){let{lanes:t}=this,{moves:s,left:r}=this.trace,i=this.left+t.length*this.width+(this.labelled?this.words:0),a=oe+(this.shown.length+(r.length?1.6:.8))*k,h=L.spaceTimeDiagramParticipantsMoves(t.length,s.length,this.shown.length<s.length?L.ofWhichAreDrawn(this.shown.length):"");return d`<svg class="heads" width=${i} height=${M} viewBox="0 0 ${i} ${M}" aria-hidden="true">
      ${t.map((l,p)=>w`<text class="head ${this.named.has(l)?"is-named":""}" x=${this.x(p)} y="18">${l}</text>`)}
    </svg>
    <svg class="rows" width=${i} height=${a-M} viewBox="0 ${M} ${i} ${a-M}" role="img" aria-label=${h}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${t.map((l,p)=>this.lane(l,p,a))}
      ${this.shown.map(l=>this.move(s[l-1],l,i))} ${this.folds()}
      ${r.filter(l=>!this.only||l.source===this.only||l.to===this.only).map(l=>this.waiting(l.source,l.to,l.sent,a))} ${this.loop()}
    </svg>`}get left(){return it+(this.trace.acts===null&&this.trace.cycle===null?0:at)}get width(){return nt+je*Math.max(6,...this.lanes.map(t=>t.length))}get words(){return je*Math.max(0,...this.trace.moves.map(t=>t.row.label.length))}x(t){return this.left+(t+.5)*this.width}y(t){return this.heights[t]??oe+this.shown.length*k}place(t){return this.lanes.indexOf(t)}folds(){if(!this.fold)return[];let t=new Map;return this.trace.moves.forEach(({row:s},r)=>{let n=this.place(s.end);if(s.mark!=="inside"||n<0||this.only&&s.end!==this.only)return;let[i,a]=[this.x(n),this.y(r+1)];t.set(`${i} ${a}`,{x:i,y:a,count:(t.get(`${i} ${a}`)?.count??0)+1})}),[...t.values()].map(({x:s,y:r,count:n})=>w`<g><title>${L.ofItsOwn(n,n===1?L.step:L.steps)}</title><circle class="folded" cx=${s} cy=${r} r="7"></circle><text class="count" x=${s} y=${r+3.5}>${n}</text></g>`)}lane(t,s,r){let n=this.trace.moves.map((a,h)=>({mark:a.row.mark,who:a.row.end,y:this.y(h+1)})).filter(({who:a,mark:h})=>a===t&&(h==="down"||h==="up")),i=[...n.map(({y:a})=>a),r-8];return i.map((a,h)=>{let l=n[h-1]?.mark==="down";return w`<line class="lane ${l?"is-down":""}" x1=${this.x(s)} x2=${this.x(s)} y1=${i[h-1]??26} y2=${a}></line>`})}move(t,s,r){let n=this.y(s),i=s===this.at?"here":s>this.at?"later":"";return w`<g class=${i} @click=${()=>this.choose(s)}>
      <title>${s}. ${t.said}</title>
      <rect class="band" x="0" y=${n-k/2} width=${r} height=${k}></rect>
      <text class="number" x="30" y=${n+4}>${s}</text>
      ${s===this.trace.acts?w`<text class="acts" x="46" y=${n+4}>◆</text>`:c}
      ${this.drawn(t,s)}
      ${this.labelled?w`<text class="label" x=${this.left+this.lanes.length*this.width} y=${n+4}>${t.row.label}</text>`:c}
    </g>`}drawn(t,s){let{start:r,end:n,mark:i,sent:a,again:h}=t.row,l=this.x(this.place(n)),p=this.y(s);switch(i){case"inside":return w`<circle class="dot" cx=${l} cy=${p} r="4.5"></circle>`;case"down":return this.cross(l,p);case"up":return w`<path class="tip" d="M${l-6} ${p+5} L${l} ${p-6} L${l+6} ${p+5} z"></path>`;default:{let m=this.x(this.place(r)),g=a===null?p:this.y(a),v=i==="lost"?"is-lost":h?"again":a===null?"ask":"",A=(m+l)/2;if(i==="lost"){let ve=(g+p)/2;return w`<line class="message ${v}" x1=${m} y1=${g} x2=${A} y2=${ve}></line>${this.cross(A,ve)}`}return m===l?w`<path class="message ${v}" marker-end="url(#tip)" d="M${l} ${g} C${l+34} ${g} ${l+34} ${p} ${l+5} ${p}"></path>`:w`<line class="message ${v}" marker-end="url(#tip)" x1=${m} y1=${g} x2=${l} y2=${p}></line>`}}}waiting(t,s,r,n){let[i,a]=[this.place(t),this.place(s)];if(r===null||i<0||a<0)return c;let[h,l,p,m]=[this.x(i),this.x(a),this.y(r),n-14],[g,v]=[h+(l-h)*.8,p+(m-p)*.8],A=this.at<this.trace.moves.length?"later":"";return w`<line class="message in-flight ${A}" x1=${h} y1=${p} x2=${g} y2=${v}></line><circle class="ring ${A}" cx=${g} cy=${v} r="4"></circle>`}loop(){let{cycle:t,moves:s}=this.trace;if(t===null||t===0)return c;let[r,n]=[this.y(s.length-t+1),this.y(s.length)];return w`<path class="repeats" marker-end="url(#tip)" d="M14 ${n} H6 V${r} H16"><title>${L.repeatedForEver}</title></path>`}cross(t,s){return w`<path class="cross" d="M${t-5} ${s-5} L${t+5} ${s+5} M${t+5} ${s-5} L${t-5} ${s+5}"></path>`}connectedCallback(){super.connectedCallback(),this.sized.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sized.disconnect()}fit(){this.labelled=this.labels&&this.left+this.lanes.length*this.width+this.words<=this.clientWidth}updated(){this.fit();let t=this.y(Math.max(1,this.at))-M;this.clientHeight>0&&this.scrollHeight>this.clientHeight&&(t-k<this.scrollTop?this.scrollTop=t-k:t+2*k+M>this.scrollTop+this.clientHeight&&(this.scrollTop=t+2*k+M-this.clientHeight))}choose(t){this.dispatchEvent(new CustomEvent("step",{detail:t,bubbles:!0,composed:!0}))}};S.styles=_`
    :host { display: block; overflow-x: auto; }
    .heads { position: sticky; top: 0; background: var(--paper); }
    svg { display: block; font: 12px/1 var(--mono); max-width: none; }
    .lane { stroke: var(--faint); stroke-width: 1; }
    .lane.is-down { stroke-dasharray: 1 5; }
    .head { fill: var(--ink); font-weight: 600; text-anchor: middle; }
    .label { fill: var(--ink); }
    .number { fill: var(--dim); text-anchor: end; }
    .message { stroke: var(--ink); stroke-width: 1.5; fill: none; }
    .ask { stroke-width: 2.5; }
    .again { stroke-dasharray: 7 3; }
    .is-lost { stroke-dasharray: 4 4; }
    .in-flight { stroke-dasharray: 1 4; stroke-linecap: round; }
    .tip, .dot { fill: var(--ink); }
    .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
    .cross { stroke: var(--ink); stroke-width: 2; }
    .band { fill: transparent; cursor: pointer; }
    .band:hover { fill: var(--hover); }
    .here .band { fill: var(--hover); }
    .later { opacity: 0.35; }
    .acts { fill: var(--ink); text-anchor: middle; }
    .is-named { fill: var(--bad); text-decoration: underline; }
    .folded { fill: var(--paper); stroke: var(--dim); }
    .count { fill: var(--dim); text-anchor: middle; font-size: 10px; }
    .repeats { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    @media print { .later { opacity: 1; } }
  `,f([y({attribute:!1})],S.prototype,"trace",2),f([y({type:Number})],S.prototype,"at",2),f([y({type:Boolean})],S.prototype,"labels",2),f([y()],S.prototype,"only",2),f([y({type:Boolean})],S.prototype,"fold",2),f([y({attribute:!1})],S.prototype,"named",2),f([I()],S.prototype,"labelled",2),S=f([C("c-spacetime")],S);var N=class extends b{constructor(){super(...arguments);this.at=0}willUpdate(t){t.has("trace")&&(this.at=this.trace.moves.length)}render(){let{moves:t}=this.trace;return d`<div tabindex="0" role="group" aria-label=${x.aRunOfMovesArrow(t.length)} @keydown=${this.key} @step=${this.stepped}>
      <div class="controls">
        <button @click=${()=>this.go(0)} ?disabled=${this.at===0} aria-label=${x.beforeTheFirstMove}>|◀</button>
        <button @click=${()=>this.go(this.at-1)} ?disabled=${this.at===0} aria-label=${x.previousMove}>◀</button>
        <button @click=${()=>this.go(this.at+1)} ?disabled=${this.at===t.length} aria-label=${x.nextMove}>▶</button>
        <button @click=${()=>this.go(t.length)} ?disabled=${this.at===t.length} aria-label=${x.lastMove}>▶|</button>
        <span>${x.moveOf(this.at,t.length)}</span>
        <span class="hint"><kbd>←</kbd> <kbd>→</kbd> <kbd>Home</kbd> <kbd>End</kbd></span>
      </div>
      <div role="status" aria-live="polite" class="hint">${this.announced()}</div>
      ${this.trace.given.length?d`<p class="fact">${x.given(lt(this.trace.given))}</p>`:c}
      <div class="both">
        <div class="picture">
          <c-spacetime .trace=${this.trace} .at=${this.at}></c-spacetime>
          ${this.trace.legend.length?d`<p class="legend">${this.trace.legend.map(s=>d`<span>${s}</span>`)}</p>`:c}
          ${this.trace.notation.map(s=>d`<p class="legend">${s}</p>`)}
        </div>
        <div>
          <ol>
            ${t.map((s,r)=>this.move(s,r+1))}
          </ol>
          ${this.trace.cycle===null?c:d`<p>${this.trace.lasso}</p>`}
          ${this.trace.left.length?d`<details><summary>${x.inFlightAtTheEnd(this.trace.left.length)}</summary>
            ${this.trace.left.map(s=>d`<div class="fact">${s.source} → ${s.to} ${s.label}${s.sent===null?"":x.from(s.sent)}</div>`)}</details>`:c}
          <div class="told">
            <p><strong>${this.trace.clause}</strong>: ${this.trace.sentence}</p>
            ${this.trace.facts.map(s=>d`<p class="fact">${s.name}: ${u(s.value)}</p>`)}
          </div>
        </div>
      </div>
    </div>`}move(t,s){return d`<li class=${s>this.at?"later":""} aria-current=${s===this.at?"step":"false"} @click=${()=>this.go(s)}>
      <span class="number">${s}</span>${t.said}
      ${t.effects.map(r=>d`<div class="effect">${r}</div>`)} ${t.changes.map(ht)}
      ${s===this.trace.acts?this.trace.instead.map(r=>d`<div class="effect acts">${r}</div>`):c}
    </li>`}announced(){let t=this.trace.moves[this.at-1];return t===void 0?x.beforeTheFirstMove:[t.said,...t.effects].join("; ")}go(t){this.at=Math.max(0,Math.min(this.trace.moves.length,t))}stepped(t){this.go(t.detail)}key(t){if(t.altKey||t.ctrlKey||t.metaKey)return;let r={ArrowLeft:this.at-1,ArrowUp:this.at-1,k:this.at-1,ArrowRight:this.at+1,ArrowDown:this.at+1,j:this.at+1,Home:0,End:this.trace.moves.length}[t.key];r!==void 0&&(t.preventDefault(),this.go(r))}};N.styles=_`
    :host { display: block; }
    .both { display: grid; grid-template-columns: minmax(0, auto) minmax(20rem, 1fr); gap: 1.5rem; align-items: start; }
    .picture { position: sticky; top: 0; max-height: 92vh; overflow: auto; }
    .legend { color: var(--dim); font-size: 0.85em; margin: 0.2rem 0; max-width: 42rem; }
    .legend span { display: inline-block; margin-right: 1.2em; }
    .controls { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; margin: 0.5rem 0; }
    button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; cursor: pointer; }
    button:disabled { opacity: 0.4; cursor: default; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    kbd { font: 12px var(--mono); border: 1px solid var(--faint); border-radius: 3px; padding: 0 0.3em; }
    .hint { color: var(--dim); font-size: 0.85em; }
    ol { list-style: none; margin: 0; padding: 0; }
    li { border-left: 3px solid transparent; padding: 0.25rem 0 0.25rem 0.7rem; cursor: pointer; }
    li[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
    li.later { opacity: 0.45; }
    .number { color: var(--dim); font: 12px var(--mono); margin-right: 0.4em; }
    .effect, .change { margin-left: 1.7rem; color: var(--dim); }
    .change, .fact { font: 13px/1.45 var(--mono); overflow-wrap: anywhere; color: var(--ink); }
    .same { color: var(--dim); }
    ins, del { text-decoration: none; border-radius: 2px; padding: 0 0.15em; }
    ins { background: var(--added); }
    del { background: var(--removed); text-decoration: line-through; }
    ins::before { content: "+"; }
    .acts { font-weight: 600; }
    .told { border-left: 3px solid var(--bad); padding: 0.3rem 0.8rem; margin: 0.8rem 0; }
    .told p { margin: 0.2rem 0; }
    @media (max-width: 60rem) { .both { grid-template-columns: minmax(0, 1fr); } .picture { position: static; max-height: none; } }
    @media print { li.later { opacity: 1; } .controls { display: none; } .both { grid-template-columns: minmax(0, 1fr); } }
  `,f([y({attribute:!1})],N.prototype,"trace",2),f([I()],N.prototype,"at",2),N=f([C("c-trace")],N);function ht(o){let e=o.field?`${o.who}.${o.field}`:o.who;return d`<div class="change">${e}: ${F(o.before,o.after,"old")} → ${F(o.after,o.before,"new")}</div>`}function lt(o){return o.map(e=>`${e.name}: ${u(e.value)}`).join(", ")}var ge={good:"✓",bad:"✗",open:"?"},P=class extends b{constructor(){super(...arguments);this.open=new Set;this.wanted=""}connectedCallback(){super.connectedCallback();let t=this.report.protocols.flatMap(s=>s.lines).find(s=>s.tone==="bad"&&s.scene!==null);t!==void 0&&(this.open=new Set([t.id]))}render(){let{report:t}=this;return d`<main>
      <h1><span class=${t.tone}>${ge[t.tone]} ${t.conclusion}</span></h1>
      <p>${t.totals}</p>
      <p class="dim"><code>${t.command}</code>${$.concordant(t.version)}</p>
      ${t.never_judged.map(s=>d`<p class="open">${s}</p>`)}
      <p><label>${$.showOnly} <input type="search" .value=${this.wanted} @input=${this.filter} placeholder=${$.aClauseAMistakeViolated} /></label></p>
      ${t.protocols.map(s=>this.protocol(s))}
    </main>`}protocol(t){let s=t.lines.filter(r=>this.fits(t,r));return s.length===0?c:d`<section aria-label=${t.stem}>
      <h2>${t.stem} <span class="word ${t.tone}">${ge[t.tone]} ${t.word}</span></h2>
      <div class="table"><table>
        <caption>${t.title}</caption>
        <colgroup><col class="what" /><col class="verdict" /><col /><col class="numbers" /></colgroup>
        <thead><tr><th scope="col">${$.what}</th><th scope="col">${$.verdict}</th><th scope="col">${$.sentence}</th><th scope="col">${$.judgedOn}</th></tr></thead>
        <tbody>${s.map(r=>this.line(r))}</tbody>
      </table></div>
      ${t.coverage.length?dt(t.coverage):c}
    </section>`}fits(t,s){let r=this.wanted.toLowerCase();return[t.stem,s.what,s.word,s.sentence].some(n=>n.toLowerCase().includes(r))}line(t){let s=this.open.has(t.id);return d`<tr>
        <th scope="row">${t.what}</th>
        <td class="word ${t.tone}">${ge[t.tone]} ${t.word}</td>
        <td>
          ${t.sentence} ${t.notes.map(r=>d`<div class="open">${r}</div>`)}
          ${t.scene===null?c:d`<button class="shows" aria-expanded=${s} @click=${()=>this.toggle(t.id)}>${s?$.hide:$.show} ${ct(t.scene)}</button>`}
          ${t.tone==="good"?c:d`<div class="command dim">${t.command}</div>`}
        </td>
        <td class="numbers">${t.numbers}</td>
      </tr>
      ${s&&t.scene!==null?d`<tr class="scene"><td colspan="4">${pt(t.scene)}</td></tr>`:c}`}toggle(t){let s=new Set(this.open);s.delete(t)||s.add(t),this.open=s}filter(t){this.wanted=t.target.value}};P.styles=_`
    :host { display: block; max-width: 90rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.3rem; margin: 0 0 0.3rem; }
    h2 { font-size: 1.05rem; margin: 2rem 0 0.3rem; }
    p { margin: 0.3rem 0; }
    code, .command { font: 13px var(--mono); overflow-wrap: anywhere; }
    .dim { color: var(--dim); }
    .good { color: var(--good); }
    .bad { color: var(--bad); }
    .open { color: var(--unknown); }
    .word { white-space: nowrap; font-weight: 600; }
    input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.25rem 0.6rem; width: min(24rem, 100%); box-sizing: border-box; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .table { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; table-layout: fixed; }
    col.what { width: 26%; }
    col.verdict { width: 8.5rem; }
    col.numbers { width: 20%; }
    caption { text-align: left; color: var(--dim); padding-bottom: 0.4rem; }
    td, th { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid var(--faint); }
    th { font-weight: 600; }
    th[scope="row"] { font: 13px/1.6 var(--mono); overflow-wrap: anywhere; }
    td.numbers { color: var(--dim); font-size: 0.9em; }
    button.shows { font: inherit; color: var(--accent); background: none; border: 0; padding: 0; text-decoration: underline; cursor: pointer; }
    summary { cursor: pointer; margin: 0.5rem 0; }
    .scene > td { padding: 0.5rem 0 1.5rem; }
    @media (max-width: 40rem) {
      table, caption, tbody, tr, td, th { display: block; border: 0; padding: 0; }
      thead, colgroup { display: none; }
      tr { border-bottom: 1px solid var(--faint); padding: 0.4rem 0; }
    }
    @media print { input, button.shows { display: none; } }
  `,f([y({attribute:!1})],P.prototype,"report",2),f([I()],P.prototype,"open",2),f([I()],P.prototype,"wanted",2),P=f([C("c-report")],P);function dt(o){return d`<details class="coverage"><summary>${$.coverageWhatExploringCameTo}</summary>
    <div class="table"><table>
      <thead><tr><th scope="col">${$.what}</th><th scope="col">${$.cameAbout}</th><th scope="col">${$.under}</th><th scope="col">${$.never}</th></tr></thead>
      <tbody>${o.map(e=>d`<tr>
        <th scope="row">${e.what}</th><td>${e.came}</td><td>${e.under}</td><td>${e.never.map(t=>d`<div class="open">${t}</div>`)}</td>
      </tr>`)}</tbody>
    </table></div>
  </details>`}function ct(o){return o.kind==="trace"?$.theRunOf(o.moves.length,o.moves.length===1?$.move:$.moves):$.theCase}function pt(o){return o.kind==="trace"?d`<c-trace .trace=${o}></c-trace>`:d`<c-drawn .drawn=${o}></c-drawn>`}var We=document.getElementById("report");if(We!==null){let o=document.createElement("c-report");o.report=JSON.parse(We.textContent??"null"),document.body.append(o)}})();
